package io.viewal.contract;

import static java.util.Objects.requireNonNullElse;
import static java.util.Objects.requireNonNullElseGet;

import java.util.List;
import java.util.Map;

/**
 * The {@code spec} of an {@code ActiveLearningRound} as both the operator and the command line read it.
 *
 * @param dataset name of the data set, in the round's namespace
 * @param previousRound name of the round whose labels this one starts from; null: see {@code labels}
 * @param labels the labels that a round without a previous one starts from; null: the data set's seed set
 * @param className name of the round class; null: the default one
 * @param seed what every random choice is drawn from
 * @param suspend true holds the round before its next stage
 * @param strategy acquisition strategy ({@code ViewAL})
 * @param mode {@code corrected} (default) or {@code reference}
 * @param training the schedule; its mode is the round's, see {@link #trainParameters}
 * @param scoring inference, geometry and sharding
 * @param selection budget and overlap; null: the round trains, is measured and ends
 * @param labeling the oracle; the clicks that it may cost are the budget's, see {@link #labelParameters}
 * @param resources what a stage's pods ask for, by {@link Stage#key()}
 */
public record RoundDeclaration(
        String dataset,
        String previousRound,
        RoundLabels labels,
        String className,
        long seed,
        boolean suspend,
        String strategy,
        Mode mode,
        TrainParameters training,
        Scoring scoring,
        Selection selection,
        LabelParameters labeling,
        Map<String, Resources> resources) {

    public RoundDeclaration {
        strategy = requireNonNullElse(strategy, "ViewAL");
        mode = requireNonNullElse(mode, Mode.corrected);
        training = requireNonNullElseGet(
                training, () -> TrainParametersBuilder.builder().build());
        if (training.mode() != Mode.corrected && training.mode() != mode) {
            throw new IllegalArgumentException(
                    "training.mode is '" + training.mode() + "', but a training's mode is the"
                            + " round's: write 'mode: " + training.mode() + "' beside 'training'");
        }
        if (training.fullSupervision() != null) {
            throw new IllegalArgumentException("training.fullSupervision is the round's to say: write"
                    + " 'labels: {source: FullSupervision}' beside 'training'");
        }
        if (labels != null && previousRound != null) {
            throw new IllegalArgumentException(
                    "labels and previousRound both say which labels the round starts from: leave one of them out");
        }
        if (selection != null && labels != null && labels.source() == RoundLabels.Source.FullSupervision) {
            throw new IllegalArgumentException(
                    "labels.source FullSupervision leaves nothing to select: leave selection out");
        }
        scoring = requireNonNullElseGet(scoring, () -> new Scoring(null, null, null, null));
        labeling = requireNonNullElseGet(
                labeling, () -> LabelParametersBuilder.builder().build());
        if (labeling.clicks() != null) {
            throw new IllegalArgumentException("labeling.clicks is " + labeling.clicks() + ", but clicks are a budget:"
                    + " write 'selection: {budget: {amount: " + labeling.clicks() + ", unit: Clicks}}'");
        }
        resources = resources == null ? Map.of() : Map.copyOf(resources);
    }

    /** The stages in order. */
    public List<Stage> stages() {
        return Stage.ofRound(selection != null);
    }

    /** The parameters of TRAIN. */
    public TrainParameters trainParameters() {
        boolean full = labels != null && labels.source() == RoundLabels.Source.FullSupervision;
        return TrainParametersBuilder.builder(training)
                .mode(mode)
                .fullSupervision(full ? Boolean.TRUE : null)
                .build();
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

    /** The parameters of LABEL. */
    public LabelParameters labelParameters() {
        SelectParameters.Budget budget = selection.budget();
        boolean clicks = budget != null && budget.unit() == SelectParameters.Unit.Clicks;
        return LabelParametersBuilder.builder(labeling)
                .clicks(clicks ? budget.amount() : null)
                .build();
    }

    /** What the pods of a stage ask for. */
    public Resources resources(Stage stage) {
        return resources.getOrDefault(stage.key(), Resources.NONE);
    }

    /**
     * Inference and geometry, see {@link ScoreParameters}; what is absent is null.
     *
     * @param shards workers that share the scenes (1)
     */
    public record Scoring(Integer passes, Double distanceThreshold, Integer shards, ScoreParameters.Dropout dropout) {
        public Scoring {
            shards = requireNonNullElse(shards, 1);
        }
    }

    /** Budget and overlap, see {@link SelectParameters}; what is absent is null. */
    public record Selection(
            SelectParameters.Budget budget, Double overlapThreshold, SelectParameters.Shortage onShortage) {}

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
