package io.viewal.contract;

import java.util.Map;

/**
 * The {@code spec} of an {@code ActiveLearningRound} as both the operator and the command line read it.
 *
 * @param dataset name of the data set, in the round's namespace
 * @param previousRound name of the round whose labels this one starts from; null: the data set's seed set
 * @param className name of the round class; null: the default one
 * @param seed what every random choice is drawn from
 * @param suspend true holds the round before its next stage
 * @param strategy acquisition strategy ({@code ViewAL})
 * @param mode {@code corrected} (default) or {@code reference}
 * @param training the schedule
 * @param scoring inference, geometry and sharding
 * @param selection budget and overlap
 * @param labeling the oracle
 * @param resources what a stage's pods ask for, by {@link Stage#key()}
 */
public record RoundDeclaration(
        String dataset,
        String previousRound,
        String className,
        long seed,
        boolean suspend,
        String strategy,
        String mode,
        TrainParameters training,
        Scoring scoring,
        Selection selection,
        LabelParameters labeling,
        Map<String, Resources> resources) {

    public RoundDeclaration {
        strategy = strategy == null ? "ViewAL" : strategy;
        mode = mode == null ? "corrected" : mode;
        training = training == null
                ? new TrainParameters(0, 0, 0, 0, 0, 0, null, 0, 0, null, false, null, 0, null, null)
                : training;
        scoring = scoring == null ? new Scoring(0, 0, 0, null) : scoring;
        labeling = labeling == null ? new LabelParameters(null, 0, null) : labeling;
        resources = resources == null ? Map.of() : Map.copyOf(resources);
    }

    /** The parameters of SCORE. */
    public ScoreParameters scoreParameters() {
        return new ScoreParameters(strategy, mode, scoring.passes(), scoring.distanceThreshold(), scoring.dropout());
    }

    /** The parameters of SELECT. */
    public SelectParameters selectParameters() {
        return new SelectParameters(
                strategy, mode, selection.budget(), selection.overlapThreshold(), selection.onShortage());
    }

    /** What the pods of a stage ask for. */
    public Resources resources(Stage stage) {
        return resources.getOrDefault(stage.key(), Resources.NONE);
    }

    /**
     * Inference and geometry, see {@link ScoreParameters}.
     *
     * @param shards workers that share the scenes (1)
     */
    public record Scoring(int passes, double distanceThreshold, int shards, ScoreParameters.Dropout dropout) {
        public Scoring {
            shards = shards == 0 ? 1 : shards;
        }
    }

    /** Budget and overlap, see {@link SelectParameters}. */
    public record Selection(SelectParameters.Budget budget, double overlapThreshold, String onShortage) {}

    /**
     * What a pod asks for, within the class's limits.
     *
     * @param gpus whole devices
     * @param cpu Kubernetes quantity; null: the class's default
     * @param memory Kubernetes quantity; null: the class's default
     */
    public record Resources(int gpus, String cpu, String memory) {
        static final Resources NONE = new Resources(0, null, null);
    }
}
