package io.viewal.worker.cli;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.ContractJson;
import io.viewal.contract.DatasetDeclaration;
import io.viewal.contract.ExperimentRequests;
import io.viewal.contract.ExperimentRounds;
import io.viewal.contract.Owner;
import io.viewal.contract.ReportParametersBuilder;
import io.viewal.contract.RoundDeclaration;
import io.viewal.contract.RoundLabels.Source;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.Stage;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.contract.StageRequest;
import io.viewal.contract.StageResult;
import io.viewal.contract.StoreLocation;
import io.viewal.contract.TrainParameters;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.store.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Runs data sets and rounds in this process, stage by stage: what the operator does with Jobs. The requests are the same,
 * so the artifacts are the same bytes, and what was made before of the same is found. A resource's uid is made of its name.
 */
final class LocalRounds {

    /** What everything that runs here is in. */
    static final String NAMESPACE = "local";

    private final StoreLocation location;
    private final ObjectStore store;
    private final Stages stages;
    private final LocalReferences references;
    private final Map<String, StageResult> datasets = new HashMap<>();
    private final Map<String, RoundOutcome> rounds = new HashMap<>();
    private final Map<Owner, Map<Stage, List<ArtifactRef>>> committed = new HashMap<>();

    /**
     * What a round came to.
     *
     * @param stages results of its stages; SCORE has one a shard
     */
    record RoundOutcome(String name, String dataset, Map<Stage, List<StageResult>> stages) {

        StageResult only(Stage stage) {
            return stages.get(stage).getFirst();
        }

        boolean has(Stage stage) {
            return stages.containsKey(stage);
        }
    }

    /** Runs a shard of a stage, or finds its result. */
    @FunctionalInterface
    interface Stages {
        StageResult run(StageRequest request, int shard) throws IOException;
    }

    /**
     * What a round came to before its labels.
     *
     * @param done the results of its stages so far
     * @param label what is asked of LABEL; empty when the round ends with its training
     */
    private record Chosen(Map<Stage, List<StageResult>> done, Optional<StageRequest> label) {}

    LocalRounds(StoreLocation location, ObjectStore store, Stages stages) {
        this.location = location;
        this.store = store;
        this.stages = stages;
        this.references = new LocalReferences(store, location.prefix());
    }

    /** Prepares a data set, or finds that it has been prepared; one worker is all there is, whatever is declared. */
    StageResult prepare(String name, DatasetDeclaration declaration) throws IOException {
        Owner owner = owner("MultiViewDataset", name);
        StageResult result = run(RoundRequests.prepare(owner, location, declaration.prepareParameters(), 1));
        datasets.put(name, result);
        return result;
    }

    /**
     * Runs a round, or finds that it has been run.
     *
     * @throws io.viewal.worker.stage.AwaitingAnswersException when people have not labeled it yet
     */
    RoundOutcome run(String name, RoundDeclaration declaration) throws IOException {
        Chosen chosen = choose(name, declaration);
        if (chosen.label().isPresent()) {
            chosen.done().put(Stage.LABEL, List.of(run(chosen.label().get())));
        }
        RoundOutcome outcome = new RoundOutcome(name, declaration.dataset(), chosen.done());
        rounds.put(name, outcome);
        return outcome;
    }

    /**
     * What a round asks of its LABEL stage, once all before it is done.
     *
     * @throws InvalidInputException when it ends with its training
     */
    StageRequest labelRequest(String name, RoundDeclaration declaration) throws IOException {
        return choose(name, declaration)
                .label()
                .orElseThrow(() -> new InvalidInputException(
                        Reason.InvalidRequest,
                        "The round '" + name + "' ends with its training: it asks for no labels"));
    }

    private Chosen choose(String name, RoundDeclaration declaration) throws IOException {
        StageResult dataset = dataset(name, declaration);
        RoundRequests requests = new RoundRequests(
                owner("ActiveLearningRound", name),
                location,
                declaration.seed(),
                dataset,
                labels(name, declaration, dataset));
        requireWorker(name, declaration.training().image());
        Map<Stage, List<StageResult>> done = new EnumMap<>(Stage.class);
        StageResult train = run(requests.train(declaration.trainParameters(), weights(name, declaration)));
        done.put(Stage.TRAIN, List.of(train));
        if (!declaration.stages().contains(Stage.SELECT)) {
            return new Chosen(done, Optional.empty());
        }
        List<StageResult> scores = shards(requests.score(
                declaration.scoreParameters(), declaration.scoring().shards(), train));
        StageResult select = run(requests.select(declaration.selectParameters(), scores));
        done.put(Stage.SCORE, scores);
        done.put(Stage.SELECT, List.of(select));
        return new Chosen(done, Optional.of(requests.label(declaration.labelParameters(), train, scores, select)));
    }

    /** The results that the stages of a round have committed so far, be it that it failed, and that of its data set. */
    Map<Stage, List<ArtifactRef>> results(String round, String dataset) {
        Map<Stage, List<ArtifactRef>> results = new EnumMap<>(Stage.class);
        results.putAll(committed.getOrDefault(owner("MultiViewDataset", dataset), Map.of()));
        results.putAll(committed.getOrDefault(owner("ActiveLearningRound", round), Map.of()));
        return results;
    }

    /** Makes the report of rounds that an experiment has finished. */
    StageResult report(ExperimentRounds finished) throws IOException {
        ExperimentRequests requests =
                new ExperimentRequests(owner("ActiveLearningExperiment", finished.experiment()), location);
        ArtifactRef record = requests.artifact(finished);
        store.put(record.key(), ContractJson.toBytes(finished));
        return run(requests.report(ReportParametersBuilder.builder().build(), record));
    }

    private static void requireWorker(String round, String image) {
        if (!image.isEmpty()) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "Round '" + round + "' names training.image '" + image
                            + "', and images run on a cluster only: leave it out, or apply the round to a cluster");
        }
    }

    private StageResult run(StageRequest request) throws IOException {
        return shards(request).getFirst();
    }

    private List<StageResult> shards(StageRequest request) throws IOException {
        List<StageResult> results = new ArrayList<>();
        for (int shard = 0; shard < request.shards(); shard++) {
            results.add(stages.run(request, shard));
        }
        references.refer(request);
        committed
                .computeIfAbsent(request.owner(), owner -> new EnumMap<>(Stage.class))
                .put(request.stage(), objects(request));
        return results;
    }

    private List<ArtifactRef> objects(StageRequest request) {
        return IntStream.range(0, request.shards())
                .mapToObj(shard -> request.layout().resultKey(shard))
                .map(key -> {
                    byte[] json = store.read(key).orElseThrow();
                    return new ArtifactRef(key, json.length, ContractJson.sha256(json));
                })
                .toList();
    }

    private StageResult dataset(String round, RoundDeclaration declaration) {
        StageResult known = datasets.get(declaration.dataset());
        if (known != null) {
            return known;
        }
        return committed(
                owner("MultiViewDataset", declaration.dataset()),
                Stage.PREPARE,
                "Round '" + round
                        + "' names the data set '" + declaration.dataset()
                        + "', which is neither in the file nor prepared in the store");
    }

    private Optional<ArtifactRef> labels(String round, RoundDeclaration declaration, StageResult dataset) {
        if (declaration.previousRound() == null) {
            Source source = declaration.labels() == null
                    ? Source.SeedSet
                    : declaration.labels().source();
            return switch (source) {
                case SeedSet -> Optional.of(dataset.artifacts().get(RoundRequests.LABELS));
                case FullSupervision -> Optional.empty();
                case Reference -> Optional.of(declaration.labels().reference());
            };
        }
        RoundOutcome previous = rounds.get(declaration.previousRound());
        if (previous != null && !previous.dataset().equals(declaration.dataset())) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "Round '" + round + "' is of the data set '" + declaration.dataset() + "' but its previous round '"
                            + previous.name() + "' of '" + previous.dataset() + "': name a round of the same data set");
        }
        if (previous != null && !previous.has(Stage.LABEL)) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "Round '" + round + "' starts from the labels of '" + previous.name() + "', which has no selection"
                            + " and labels nothing: name the round before it");
        }
        return Optional.of(previous(round, declaration, Stage.LABEL).artifacts().get(RoundRequests.LABELS));
    }

    /** What the training begins with: the previous round's model, or pretrained weights. */
    private Optional<ArtifactRef> weights(String round, RoundDeclaration declaration) {
        TrainParameters training = declaration.training();
        if (!training.beginsWithWeights()) {
            return Optional.empty();
        }
        return Optional.of(
                training.start() == TrainParameters.Start.PreviousRound
                        ? model(round, declaration)
                        : pretrained(training.pretrained()));
    }

    private ArtifactRef pretrained(String key) {
        return store.identify(key)
                .orElseThrow(() -> new InvalidInputException(
                        Reason.InvalidWeights,
                        "The store has no object '" + key
                                + "': put the pretrained weights there, or correct training.pretrained"));
    }

    private ArtifactRef model(String round, RoundDeclaration declaration) {
        if (declaration.previousRound() == null) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "Round '" + round + "' has training.start PreviousRound and no previousRound: name one, or leave"
                            + " training.start out");
        }
        ArtifactRef model =
                previous(round, declaration, Stage.TRAIN).artifacts().get(RoundRequests.MODEL);
        if (model == null) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "Round '" + round + "' has training.start PreviousRound and the training of '"
                            + declaration.previousRound() + "' left no model: leave training.start out");
        }
        return model;
    }

    private StageResult previous(String round, RoundDeclaration declaration, Stage stage) {
        RoundOutcome previous = rounds.get(declaration.previousRound());
        return previous != null
                ? previous.only(stage)
                : committed(
                        owner("ActiveLearningRound", declaration.previousRound()),
                        stage,
                        "Round '" + round
                                + "' names the previous round '" + declaration.previousRound()
                                + "', which is neither before it in the file nor complete in the store");
    }

    private StageResult committed(Owner owner, Stage stage, String otherwise) {
        return references
                .find(owner, stage)
                .orElseThrow(() -> new InvalidInputException(Reason.InvalidRequest, otherwise));
    }

    private static Owner owner(String kind, String name) {
        String uid = ContractJson.sha256((kind + "/" + name).getBytes(StandardCharsets.UTF_8));
        return new Owner(kind, NAMESPACE, name, uid);
    }
}
