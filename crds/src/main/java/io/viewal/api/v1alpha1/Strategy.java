package io.viewal.api.v1alpha1;

/** Acquisition strategies by the names that users write. */
@SuppressWarnings("MemberName") // The names are the YAML's.
public enum Strategy {
    ViewAL,
    Random,
    SoftmaxEntropy,
    LeastConfidence,
    Margin,
    McDropoutEntropy,
    RegionalMcDropout,
    CoreSet,
    MaxRepresentativeness,
    Ceal,
    ForegroundRandom
}
