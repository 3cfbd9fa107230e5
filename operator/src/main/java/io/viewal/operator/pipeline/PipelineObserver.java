package io.viewal.operator.pipeline;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.viewal.contract.Owner;
import io.viewal.contract.Stage;
import io.viewal.contract.StageProgress;
import io.viewal.contract.StageRequest;
import io.viewal.contract.StageResult;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.condition.Verdict;
import io.viewal.operator.job.AttemptReader;
import io.viewal.operator.job.OwnedJobs;
import io.viewal.operator.job.StageJobs;
import io.viewal.operator.pipeline.Observed.OpenStage;
import io.viewal.operator.stage.Attempt;
import io.viewal.operator.stage.AttemptState;
import io.viewal.operator.stage.AttemptState.Cause;
import io.viewal.operator.stage.AttemptState.Ended;
import io.viewal.operator.stage.StageObservation;
import io.viewal.operator.stage.StageProgressReport;
import io.viewal.operator.stage.StageRecord;
import io.viewal.operator.store.StageStore;
import io.viewal.operator.store.StoreException;
import io.viewal.operator.store.Stores;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Looks at results in the store and at Jobs, stage after stage, up to the first one that is not committed. */
public final class PipelineObserver {

    private static final Logger LOG = Logger.getLogger(PipelineObserver.class);

    private final Stores stores;
    private final AttemptReader attempts;
    private final Clock clock;

    public PipelineObserver(Stores stores, AttemptReader attempts, Clock clock) {
        this.stores = stores;
        this.attempts = attempts;
        this.clock = clock;
    }

    /**
     * Observes.
     *
     * @param owner whose work it is
     * @param resolve finds what the work needs, or throws {@link UnmetException}
     */
    public Observed observe(Owner owner, Supplier<? extends Pipeline> resolve, Records records, OwnedJobs jobs) {
        try {
            Pipeline pipeline = resolve.get();
            StageStore store = stores.open(pipeline.setting().store(), owner.namespace());
            store.probe();
            return walk(pipeline, store, records, jobs);
        } catch (UnmetException e) {
            return new Observed.Blocked(e.verdict(), jobs.active());
        } catch (StoreException e) {
            return new Observed.Blocked(verdict(e), jobs.active());
        } catch (KubernetesClientException e) {
            throw e;
        } catch (RuntimeException e) {
            // A defect, or input that nothing refused: whoever waits must read of it where they look.
            LOG.errorf(e, "%s/%s: the turn broke off", owner.namespace(), owner.name());
            return new Observed.Blocked(
                    Verdict.stalled(
                            Reason.InternalError,
                            "The operator can't go on (%s); correct what this names or report it, see the operator's log"
                                    .formatted(e)),
                    jobs.active());
        }
    }

    private Observed walk(Pipeline pipeline, StageStore store, Records records, OwnedJobs jobs) {
        Results done = Results.NONE;
        List<String> outlived = new ArrayList<>();
        for (Stage stage : pipeline.stages()) {
            StageRequest request =
                    request(pipeline, stage, done).pinnedTo(records.of(stage).digest());
            // Jobs before results: a Job that is seen to have succeeded must find its result afterwards.
            List<Attempt> seen = attempts.read(pipeline.owner(), records.of(stage), jobs);
            Optional<List<StageResult>> results = store.results(request.layout());
            if (results.isEmpty()) {
                List<Attempt> attempts = replacingOutdated(seen, request, pipeline, jobs);
                OpenStage open = open(request, attempts, store, records.of(stage));
                return new Observed.Underway(pipeline, done, Optional.of(open), outlived);
            }
            Optional<Verdict> conflict = conflict(request, results.get());
            if (conflict.isPresent()) {
                return new Observed.Conflicting(pipeline, done, conflict.get());
            }
            done = done.with(stage, results.get());
            outlived.addAll(attempts.outlived(stage, jobs));
        }
        return new Observed.Underway(pipeline, done, Optional.empty(), outlived);
    }

    /** An attempt that waits, perhaps for what its class said wrongly, is made anew once the class says something else. */
    private List<Attempt> replacingOutdated(
            List<Attempt> attempts, StageRequest request, Pipeline pipeline, OwnedJobs jobs) {
        return attempts.stream()
                .map(attempt -> attempt.state() instanceof AttemptState.Waiting
                                && jobs.named(attempt.job())
                                        .filter(job ->
                                                StageJobs.outdated(job, request, pipeline.podSetting(request.stage())))
                                        .isPresent()
                        ? attempt.ended(new Ended(
                                Cause.REPLACED,
                                Reason.ClassChanged,
                                "RoundClass '%s' has changed since its Job was made"
                                        .formatted(pipeline.setting().className()),
                                clock.instant()))
                        : attempt)
                .toList();
    }

    private static StageRequest request(Pipeline pipeline, Stage stage, Results done) {
        try {
            return pipeline.request(stage, done);
        } catch (IllegalArgumentException e) {
            throw UnmetException.stalled(
                    Reason.CorruptArtifact,
                    "%s can't be asked for: %s; delete that stage's folder in the store, and it is done again"
                            .formatted(stage.title(), e.getMessage()));
        }
    }

    private OpenStage open(StageRequest request, List<Attempt> seen, StageStore store, StageRecord record) {
        Optional<Attempt> running = seen.stream()
                .max(Comparator.comparingInt(Attempt::number))
                .filter(attempt -> attempt.state() instanceof AttemptState.Running);
        List<StageProgress> shards = running.map(attempt -> store.progress(request.layout(), attempt.number()))
                .orElse(List.of());
        Optional<StageProgressReport> progress = shards.isEmpty()
                ? Optional.empty()
                : Optional.of(StageProgressReport.of(
                        shards, request.shards(), record.times().startedAt(), clock.instant()));
        Optional<Instant> reported = shards.stream()
                .filter(shard -> shard.updated() != null && shard.fraction() < 1)
                .map(StageProgress::updated)
                .min(Comparator.naturalOrder())
                // While the store was away nothing could be reported.
                .map(last -> last.isAfter(store.backSince()) ? last : store.backSince());
        return new OpenStage(request, new StageObservation(request.stage(), seen, progress, reported));
    }

    private static Optional<Verdict> conflict(StageRequest request, List<StageResult> results) {
        // The one that the stage was launched with: what a later release would ask for changes nothing that is
        // committed.
        String digest = request.digest();
        return results.stream()
                .filter(result -> !digest.equals(result.requestDigest()))
                .findFirst()
                .map(result -> Verdict.failed(
                        Reason.ResultOfOtherRequest,
                        ("%s: the store holds the result of another request at s3://%s/%s: its inputs were changed by hand;"
                                        + " make a new round")
                                .formatted(
                                        request.stage().title(),
                                        request.store().bucket(),
                                        request.layout().resultKey(result.shard()))));
    }

    private static Verdict verdict(StoreException e) {
        return e.reason() == Reason.StoreUnavailable
                ? Verdict.progressing(e.reason(), e.getMessage())
                : Verdict.stalled(e.reason(), e.getMessage());
    }
}
