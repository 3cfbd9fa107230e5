package io.viewal.contract;

/** Names of those texts in {@link StageResult#facts()} that others than their writer look for. */
public final class Fact {

    /** What comparing the views of a data set's scenes found. */
    public static final String PREFLIGHT = "preflight";

    /** What is odd about a data set's labels; only of such. */
    public static final String LABELS = "labels";

    /** Which benchmark a data set is, and its version. */
    public static final String BENCHMARK = "benchmark";

    /** What a stage ran the network on: {@code cpu}, or {@code gpu 0, gpu 1}. */
    public static final String DEVICE = "device";

    /** What a training began with. */
    public static final String START = "start";

    /** That a training began with random weights, and what to do about it; only of such a training. */
    public static final String RANDOM_WEIGHTS = "randomWeights";

    /**
     * What decides the last bits of a stage's numbers beside its image: instruction set, vector width, threads. Two runs of
     * a stage are the same byte for byte where this is the same.
     */
    public static final String PROCESSOR = "processor";

    /** Name of the arm that is best by its area under the budget curve; of a report. */
    public static final String BEST_ARM = "bestArm";

    private Fact() {}
}
