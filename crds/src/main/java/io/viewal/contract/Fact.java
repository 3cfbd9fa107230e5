package io.viewal.contract;

/** Names of those texts in {@link StageResult#facts()} that others than their writer look for. */
public final class Fact {

    /** What comparing the views of a data set's scenes found. */
    public static final String PREFLIGHT = "preflight";

    /** Which benchmark a data set is, and its version. */
    public static final String BENCHMARK = "benchmark";

    /** What a training began with. */
    public static final String START = "start";

    /** That a training began with random weights, and what to do about it; only of such a training. */
    public static final String RANDOM_WEIGHTS = "randomWeights";

    private Fact() {}
}
