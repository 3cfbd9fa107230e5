package io.viewal.operator.pipeline;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.viewal.contract.Owner;
import io.viewal.contract.Stage;
import io.viewal.contract.StageProgress;
import io.viewal.contract.StageRequest;
import io.viewal.contract.StageResult;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.condition.Verdict;
import io.viewal.operator.job.AttemptReader;
import io.viewal.operator.job.OtherMaker;
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
import io.viewal.operator.stage.Tally;
import io.viewal.operator.store.StageStore;
import io.viewal.operator.store.StoreException;
import io.viewal.operator.store.Stores;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
     * @param jobs of the owner
     * @param making the Jobs, whosever, that make a result, see {@link StageJobs#result}
     */
    public Observed observe(
            Owner owner,
            Function<StoreContents, ? extends Pipeline> resolve,
            Records records,
            OwnedJobs jobs,
            Function<String, Collection<Job>> making) {
        try {
            Pipeline pipeline = resolve.apply(
                    (store, key) -> stores.open(store, owner.namespace()).identify(key));
            StageStore store = stores.open(pipeline.setting().store(), owner.namespace());
            store.probe();
            Observed.Underway seen = walk(pipeline, store, records, jobs);
            boolean damaged = seen.open()
                    .filter(open -> mayBeMended(open, records, pipeline))
                    .isPresent();
            return withOthers(damaged ? walkAnew(seen, store, records, jobs) : seen, making);
        } catch (UnmetException e) {
            return new Observed.Blocked(e.verdict(), jobs.active());
        } catch (StoreException e) {
            return new Observed.Blocked(e.verdict(), jobs.active());
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

    private Observed.Underway walk(Pipeline pipeline, StageStore store, Records records, OwnedJobs jobs) {
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
            done = done.with(stage, results.get());
            outlived.addAll(attempts.outlived(stage, jobs));
        }
        return new Observed.Underway(pipeline, done, Optional.empty(), outlived);
    }

    private Observed.Underway withOthers(Observed.Underway seen, Function<String, Collection<Job>> making) {
        Pipeline pipeline = seen.pipeline();
        Optional<OpenStage> open = seen.open()
                .map(stage -> new OpenStage(
                        stage.request(),
                        stage.observation(),
                        OtherMaker.among(
                                making.apply(StageJobs.result(stage.request())),
                                pipeline.owner().uid(),
                                pipeline.setting().retryPolicy().stall(),
                                clock.instant())));
        return new Observed.Underway(pipeline, seen.done(), open, seen.outlived());
    }

    /** Whether a worker has found an input damaged, and another attempt may be made. */
    private static boolean mayBeMended(OpenStage open, Records records, Pipeline pipeline) {
        Tally tally = records.of(open.request().stage()).tally();
        return open.observation().attempts().stream().anyMatch(PipelineObserver::readDamage)
                && !pipeline.setting().retryPolicy().exhausted(tally);
    }

    private static boolean readDamage(Attempt attempt) {
        return attempt.state() instanceof Ended ended && ended.reason() == Reason.CorruptArtifact;
    }

    /**
     * Looks again at the results that the worker read: it has set aside what it found damaged. Where that was a stage of this
     * pipeline, it is open now. Where another owner has made it again meanwhile, the worker's request is out of date.
     */
    private Observed.Underway walkAnew(Observed.Underway before, StageStore store, Records records, OwnedJobs jobs) {
        Pipeline pipeline = before.pipeline();
        Results done = Results.NONE;
        for (Stage stage : before.done().byStage().keySet().stream().sorted().toList()) {
            store.forget(request(pipeline, stage, done)
                    .pinnedTo(records.of(stage).digest())
                    .layout());
            done = done.with(stage, before.done().shards(stage));
        }
        Observed.Underway seen = walk(pipeline, store, records, jobs);
        return seen.open()
                .map(open -> outOfDate(open, jobs))
                .map(open -> new Observed.Underway(pipeline, seen.done(), Optional.of(open), seen.outlived()))
                .orElse(seen);
    }

    /** An attempt that read other inputs than would be read now has failed, and the next one is asked anew. */
    private static OpenStage outOfDate(OpenStage open, OwnedJobs jobs) {
        StageRequest now = open.request();
        boolean other = open.observation().attempts().stream()
                .filter(PipelineObserver::readDamage)
                .flatMap(attempt -> jobs.named(attempt.job()).stream())
                .anyMatch(job -> !StageJobs.request(job).inputs().equals(now.inputs()));
        return other ? new OpenStage(now.pinnedTo(null), open.observation().failing(Reason.CorruptArtifact)) : open;
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
                    "%s can't be asked for: %s; delete that stage's result.json in the store, and it is done again"
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
}
