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
import io.viewal.operator.pipeline.Observed.OpenStage;
import io.viewal.operator.stage.Attempt;
import io.viewal.operator.stage.AttemptState;
import io.viewal.operator.stage.StageObservation;
import io.viewal.operator.stage.StageProgressReport;
import io.viewal.operator.stage.StageRecord;
import io.viewal.operator.store.StageStore;
import io.viewal.operator.store.StoreException;
import io.viewal.operator.store.Stores;
import java.time.Clock;
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
            ResourceLimits.check(pipeline);
            TrainerImages.check(pipeline);
            StageStore store = stores.open(pipeline.setting().store());
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
        for (Stage stage : pipeline.stages()) {
            StageRequest request = pipeline.request(stage, done);
            // Jobs before results: a Job that is seen to have succeeded must find its result afterwards.
            List<Attempt> seen = attempts.read(pipeline.owner(), records.of(stage), jobs);
            Optional<List<StageResult>> results = store.results(request.layout());
            if (results.isEmpty()) {
                return new Observed.Underway(
                        pipeline, done, Optional.of(open(request, seen, store, records.of(stage))));
            }
            Optional<Verdict> conflict = conflict(request, results.get());
            if (conflict.isPresent()) {
                return new Observed.Conflicting(pipeline, done, conflict.get());
            }
            done = done.with(stage, results.get());
        }
        return new Observed.Underway(pipeline, done, Optional.empty());
    }

    private OpenStage open(StageRequest request, List<Attempt> seen, StageStore store, StageRecord record) {
        Optional<Attempt> running = seen.stream()
                .max(Comparator.comparingInt(Attempt::number))
                .filter(attempt -> attempt.state() instanceof AttemptState.Running);
        Optional<StageProgressReport> progress =
                running.flatMap(attempt -> progress(request, store, attempt.number(), record));
        return new OpenStage(request, new StageObservation(request.stage(), seen, progress));
    }

    private Optional<StageProgressReport> progress(
            StageRequest request, StageStore store, int attempt, StageRecord record) {
        List<StageProgress> shards = store.progress(request.layout(), attempt);
        return shards.isEmpty()
                ? Optional.empty()
                : Optional.of(StageProgressReport.of(
                        shards, request.shards(), record.times().startedAt(), clock.instant()));
    }

    private static Optional<Verdict> conflict(StageRequest request, List<StageResult> results) {
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
