package io.viewal.operator.job;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.viewal.contract.Owner;
import io.viewal.contract.Stage;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.stage.Attempt;
import io.viewal.operator.stage.AttemptState;
import io.viewal.operator.stage.AttemptState.Cause;
import io.viewal.operator.stage.AttemptState.Ended;
import io.viewal.operator.stage.StageRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells from a stage's Jobs and their pods how its attempts go. */
public final class AttemptReader {

    private static final Set<String> FAILED = Set.of("FailureTarget", "Failed");
    private static final Set<String> SUCCEEDED = Set.of("SuccessCriteriaMet", "Complete");

    private final JobClient live;
    private final Clock clock;

    public AttemptReader(JobClient live, Clock clock) {
        this.live = live;
        this.clock = clock;
    }

    /**
     * The attempts that there are Jobs for, without those that ended and were counted before. When the Job of an attempt
     * that was launched is not cached, the API server is asked: caches lag behind, and a Job is lost only when the API
     * server says so.
     */
    public List<Attempt> read(Owner owner, StageRecord record, OwnedJobs cached) {
        List<Attempt> attempts = new ArrayList<>();
        for (Job job : cached.of(record.stage())) {
            if (number(job) > record.counted() || !finished(job)) {
                attempts.add(attempt(job, cached.podsOf(job)));
            }
        }
        int newest = record.tally().attempt();
        if (newest > record.counted() && attempts.stream().noneMatch(attempt -> attempt.number() == newest)) {
            live.get(owner.namespace(), JobNames.of(owner, record.stage(), newest))
                    .ifPresent(job -> attempts.add(attempt(job, live.pods(job))));
        }
        return attempts;
    }

    private Attempt attempt(Job job, List<Pod> pods) {
        boolean held = !finished(job) && !deleted(job);
        return new Attempt(number(job), job.getMetadata().getName(), state(job, pods), held);
    }

    private static int number(Job job) {
        return Integer.parseInt(job.getMetadata().getLabels().get(JobLabels.ATTEMPT));
    }

    static boolean finished(Job job) {
        return condition(job, FAILED).isPresent() || succeeded(job);
    }

    static boolean succeeded(Job job) {
        return condition(job, SUCCEEDED).isPresent();
    }

    private AttemptState state(Job job, List<Pod> pods) {
        Optional<JobCondition> failed = condition(job, FAILED);
        if (failed.isPresent()) {
            // The pods' cache may be behind the Jobs': the API server knows how they ended.
            return JobFailures.ended(failed.get(), live.pods(job), time(failed.get()));
        }
        Optional<JobCondition> succeeded = condition(job, SUCCEEDED);
        if (succeeded.isPresent()) {
            return PodFailures.withoutResult("its Job succeeded", time(succeeded.get()));
        }
        if (deleted(job)) {
            return new Ended(Cause.DISRUPTED, Reason.Disrupted, "its Job was deleted", clock.instant());
        }
        return new ActivePods(job, pods, live, clock.instant()).state();
    }

    private static boolean deleted(Job job) {
        return job.getMetadata().getDeletionTimestamp() != null;
    }

    /** Names of the active Jobs of a stage whose workers have all ended, and whose pods do not for another container. */
    public List<String> outlived(Stage stage, OwnedJobs cached) {
        return cached.of(stage).stream()
                .filter(job -> !finished(job) && !deleted(job))
                .filter(job -> ActivePods.outlived(cached.podsOf(job)))
                .map(job -> job.getMetadata().getName())
                .toList();
    }

    private static Optional<JobCondition> condition(Job job, Set<String> types) {
        if (job.getStatus() == null) {
            return Optional.empty();
        }
        return job.getStatus().getConditions().stream()
                .filter(condition -> types.contains(condition.getType())
                        && condition.getStatus().equals("True"))
                .findFirst();
    }

    private Instant time(JobCondition condition) {
        return condition.getLastTransitionTime() == null
                ? clock.instant()
                : Instant.parse(condition.getLastTransitionTime());
    }
}
