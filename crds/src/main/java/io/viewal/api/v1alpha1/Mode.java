package io.viewal.api.v1alpha1;

/** Whether defects of the published code are kept, for comparison. */
@SuppressWarnings("MemberName") // The names are the YAML's.
public enum Mode {
    corrected,
    reference
}
