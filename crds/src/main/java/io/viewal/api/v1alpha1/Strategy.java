package io.viewal.api.v1alpha1;

/** The project's acquisition strategies by the names that users write. */
@SuppressWarnings("MemberName") // The names are the YAML's.
public enum Strategy {
    ViewAL,
    Random,
    RandomRegions,
    SoftmaxEntropy,
    LeastConfidence,
    Margin,
    McDropoutEntropy,
    RegionalMcDropout,
    RegionalMcDropoutOverlap,
    RegionalMcDropoutWindows,
    CoreSet,
    MaxRepresentativeness,
    Ceal,
    ForegroundRandom,
    ForegroundRandom66,
    ForegroundRandom33;

    /** One of these names, or that of a strategy on the worker's class path: its owner, a slash, and a name. */
    public static final String PATTERN =
            "^(ViewAL|Random|RandomRegions|SoftmaxEntropy|LeastConfidence|Margin|McDropoutEntropy"
                    + "|RegionalMcDropout|RegionalMcDropoutOverlap|RegionalMcDropoutWindows|CoreSet|MaxRepresentativeness|Ceal"
                    + "|ForegroundRandom|ForegroundRandom66|ForegroundRandom33|[a-z0-9]([a-z0-9.-]*[a-z0-9])?/[A-Za-z0-9]+)$";
}
