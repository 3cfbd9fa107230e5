package io.viewal.contract;

/** Names of those texts in {@link StageResult#facts()} that the operator looks for. */
public final class Fact {

    /** What comparing the views of a data set's scenes found. */
    public static final String PREFLIGHT = "preflight";

    /** Which benchmark a data set is, and its version. */
    public static final String BENCHMARK = "benchmark";

    private Fact() {}
}
