package io.viewal.worker.stage;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.Fact;
import io.viewal.contract.Metric;
import io.viewal.contract.Stage;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.contract.StageRequest;
import io.viewal.contract.StageResult;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.store.DamagedArtifactException;
import io.viewal.worker.store.ObjectStore;
import io.viewal.worker.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Runs one shard of a stage by the commit protocol: a result that is there, whoever made it, ends the work at once; artifacts
 * go under the attempt; the result is written last, by a conditional put that exactly one attempt wins. So a worker may be
 * killed at any instruction and started again, twice at the same time even, and the outcome is the same bytes. An input that
 * is damaged is set aside with its result.
 */
public final class StageRunner {

    private static final Logger LOG = Logger.getLogger(StageRunner.class.getName());

    private final ObjectStore store;
    private final StoredResults results;
    private final Path scratch;
    private final ProgressListener listener;
    private final BooleanSupplier stop;
    private final Clock clock;

    /**
     * @param scratch a folder for files that need not outlive the stage
     * @param listener is told of progress
     * @param stop true once the process is to stop
     */
    public StageRunner(ObjectStore store, Path scratch, ProgressListener listener, BooleanSupplier stop, Clock clock) {
        this.store = store;
        this.results = new StoredResults(store);
        this.scratch = scratch;
        this.listener = listener;
        this.stop = stop;
        this.clock = clock;
    }

    /**
     * Runs a shard, or finds that it has been run.
     *
     * @return the committed result, of this attempt or another one, of this owner or another one
     * @throws InvalidInputException when no further attempt can help
     * @throws io.viewal.worker.store.StoreUnavailableException when the store can't be reached
     * @throws StoppedException when the process is to stop
     * @throws AwaitingAnswersException when people have not answered yet
     */
    public StageResult run(StageRequest request, int shard) throws IOException {
        requireShard(request, shard);
        Optional<StageResult> earlier = committed(request, shard);
        if (earlier.isPresent()) {
            LOG.info(() -> request.stage().title() + " was committed by " + maker(earlier.get()) + "; nothing to do");
            results.tidy(request);
            return earlier.get();
        }
        Instant started = clock.instant();
        Path folder = scratch.resolve(
                request.owner().directory() + "-" + request.stage().key() + "-" + shard);
        deleteRecursively(folder);
        Files.createDirectories(folder);
        StageResult result;
        try (ProgressReporter progress = new ProgressReporter(request, shard, store, listener, clock)) {
            StageWork.Output output = work(new StageContext(request, shard, store, folder, progress, stop, clock));
            result =
                    results.commit(request, result(request, shard, output, Duration.between(started, clock.instant())));
        }
        results.tidy(request);
        deleteRecursively(folder);
        return result;
    }

    /** The committed result of a shard, whoever made it; empty when it has not been run. */
    public Optional<StageResult> committed(StageRequest request, int shard) {
        return results.find(request, shard);
    }

    private StageWork.Output work(StageContext context) throws IOException {
        try {
            return work(context.request().stage()).run(context);
        } catch (DamagedArtifactException e) {
            throw new DamagedResults(store, context.request())
                    .setAside(e)
                    .<RuntimeException>map(damaged -> damaged)
                    .orElseGet(() -> new StoreUnavailableException(
                            "The artifact '" + e.artifact().key() + "' was damaged on its way from the store", e));
        }
    }

    private static String maker(StageResult result) {
        return "attempt " + result.attempt()
                + (result.madeBy() == null ? "" : " of " + result.madeBy().name());
    }

    private static StageWork work(Stage stage) {
        return switch (stage) {
            case PREPARE -> new PrepareStage();
            case TRAIN -> new TrainStage();
            case SCORE -> new ScoreStage();
            case SELECT -> new SelectStage();
            case LABEL -> new LabelStage();
            case REPORT -> new ReportStage();
        };
    }

    private static StageResult result(StageRequest request, int shard, StageWork.Output output, Duration taken) {
        Map<String, String> inputs = new TreeMap<>();
        for (Map.Entry<String, ArtifactRef> input : request.inputs().entrySet()) {
            inputs.put(input.getKey(), input.getValue().sha256());
        }
        Map<String, Double> metrics = new TreeMap<>(output.metrics());
        metrics.put(Metric.SECONDS, taken.toMillis() / 1000.0);
        Map<String, String> facts = new TreeMap<>(output.facts());
        facts.put(Fact.PROCESSOR, ProcessorCapability.here().toString());
        return new StageResult(
                StageRequest.VERSION,
                request.stage(),
                shard,
                request.shards(),
                request.owner(),
                request.attempt(),
                request.digest(),
                inputs,
                new TreeMap<>(output.artifacts()),
                metrics,
                facts);
    }

    private static void requireShard(StageRequest request, int shard) {
        if (shard < 0 || shard >= request.shards()) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "Shard " + shard + " of " + request.shards() + ": expected 0 to " + (request.shards() - 1));
        }
    }

    private static void deleteRecursively(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
