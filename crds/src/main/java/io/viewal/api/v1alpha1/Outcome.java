package io.viewal.api.v1alpha1;

/** How work ended. */
@SuppressWarnings("MemberName") // The names are what users read.
public enum Outcome {
    /** All stages are committed. */
    Complete,
    /** A stage was given up. */
    Failed
}
