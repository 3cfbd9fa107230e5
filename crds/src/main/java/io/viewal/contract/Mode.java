package io.viewal.contract;

/** How a round departs from the published code; ADR 8 lists every difference. */
@SuppressWarnings("MemberName") // The names are the YAML's.
public enum Mode {
    /** As the paper describes the method, without the published code's defects. */
    corrected,

    /** As the published code does it, defects included, from training to selection. */
    reference
}
