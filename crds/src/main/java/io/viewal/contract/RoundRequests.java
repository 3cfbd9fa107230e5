package io.viewal.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Builds the requests of a data set's and a round's stages. Operator and command line both use it, so that a round has
 * the same outcome on a cluster and on a laptop.
 *
 * @param owner the round
 * @param store where its artifacts go
 * @param seed of the round
 * @param dataset the committed PREPARE result
 * @param labels the label set that the round starts from: the previous round's, the data set's seed set, or another one;
 *     empty: every labeled pixel of the train split, and the round ends with its training
 */
public record RoundRequests(
        Owner owner, StoreLocation store, long seed, StageResult dataset, Optional<ArtifactRef> labels) {

    /** PREPARE: the data set's manifest ({@code manifest.json}). Input of every stage of a round. */
    public static final String DATASET = "dataset";

    /** PREPARE and LABEL: a label set. Input of every stage of a round, but of a training with full supervision. */
    public static final String LABELS = "labels";

    /** PREPARE: the frames that could not be read, as CSV; only where frames were left out. */
    public static final String LEFT_OUT = "leftOut";

    /** TRAIN: the network's weights. */
    public static final String MODEL = "model";

    /**
     * TRAIN, by a trainer of one's own: a list of the train split's predictions ({@code predictions.json}), which SCORE reads
     * in the place of {@link #MODEL}.
     */
    public static final String PREDICTIONS = "predictions";

    /** The {@link #MODEL} of the previous round; input of a TRAIN that goes on from it. */
    public static final String START = "start";

    /** The object that {@code training.pretrained} names; input of a TRAIN that begins with it. */
    public static final String PRETRAINED = "pretrained";

    /** TRAIN: loss and metrics by epoch, as CSV. */
    public static final String HISTORY = "history";

    /** TRAIN: figures of the splits and confusion matrices ({@code metrics.json}); input of LABEL where there is one. */
    public static final String METRICS = "metrics";

    /** SCORE: the shard's list of scene files ({@code scores.json}); input {@code scores-00000} and so on. */
    public static final String SCORES = "scores";

    /** SELECT: the chosen regions, as CSV. */
    public static final String SELECTION = "selection";

    /** LABEL: the round's page, self-contained HTML. */
    public static final String PAGE = "page";

    /** The request that prepares a data set; the first of the shards makes the artifacts. */
    public static StageRequest prepare(Owner dataset, StoreLocation store, PrepareParameters parameters, int shards) {
        return new StageRequest(
                StageRequest.VERSION, dataset, 1, shards, parameters.seedSet().seed(), store, Map.of(), parameters);
    }

    /**
     * Trains on the labels so far.
     *
     * @param weights what the training begins with: the previous round's model, or the pretrained object; empty: random weights
     * @throws IllegalArgumentException when there are none and the parameters ask for them, or the other way round; the same
     *     for the label set
     */
    public StageRequest train(TrainParameters parameters, Optional<ArtifactRef> weights) {
        if (weights.isPresent() != parameters.beginsWithWeights()) {
            throw new IllegalArgumentException("training.start is %s, training.pretrained '%s', and the weights are %s"
                    .formatted(
                            parameters.start(),
                            parameters.pretrained(),
                            weights.map(ArtifactRef::key).orElse("not given")));
        }
        if (labels.isPresent() == parameters.fullySupervised()) {
            throw new IllegalArgumentException("A training has either a label set or full supervision, not " + labels
                    + " with fullSupervision " + parameters.fullSupervision());
        }
        String name = parameters.start() == TrainParameters.Start.PreviousRound ? START : PRETRAINED;
        return request(1, weights.map(object -> Map.of(name, object)).orElse(Map.of()), parameters);
    }

    /** Scores the frames with the predictions that the training left, otherwise with the trained network. */
    public StageRequest score(ScoreParameters parameters, int shards, StageResult train) {
        String source = train.artifacts().containsKey(PREDICTIONS) ? PREDICTIONS : MODEL;
        return request(shards, Map.of(source, artifact(train, source)), parameters);
    }

    /** Chooses regions from the scores of all shards. */
    public StageRequest select(SelectParameters parameters, List<StageResult> scores) {
        return request(1, scoreInputs(scores), parameters);
    }

    /** Labels the chosen regions and writes the page. */
    public StageRequest label(
            LabelParameters parameters, StageResult train, List<StageResult> scores, StageResult select) {
        Map<String, ArtifactRef> inputs = scoreInputs(scores);
        inputs.put(SELECTION, artifact(select, SELECTION));
        inputs.put(HISTORY, artifact(train, HISTORY));
        ArtifactRef metrics = train.artifacts().get(METRICS);
        if (metrics != null) {
            inputs.put(METRICS, metrics);
        }
        return request(1, inputs, parameters);
    }

    private StageRequest request(int shards, Map<String, ArtifactRef> own, StageParameters parameters) {
        Map<String, ArtifactRef> inputs = new TreeMap<>(own);
        inputs.put(DATASET, artifact(dataset, DATASET));
        labels.ifPresent(set -> inputs.put(LABELS, set));
        return new StageRequest(StageRequest.VERSION, owner, 1, shards, seed, store, inputs, parameters);
    }

    private static Map<String, ArtifactRef> scoreInputs(List<StageResult> scores) {
        Map<String, ArtifactRef> inputs = new TreeMap<>();
        for (StageResult shard : scores) {
            inputs.put("%s-%05d".formatted(SCORES, shard.shard()), artifact(shard, SCORES));
        }
        return inputs;
    }

    private static ArtifactRef artifact(StageResult result, String name) {
        ArtifactRef ref = result.artifacts().get(name);
        if (ref == null) {
            throw new IllegalArgumentException(
                    "The result of " + result.stage().title() + " (shard " + result.shard() + ") has no artifact '"
                            + name + "', only " + result.artifacts().keySet());
        }
        return ref;
    }
}
