package io.viewal.operator.job;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.viewal.contract.Owner;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.stage.Attempt;
import io.viewal.operator.stage.AttemptState;
import io.viewal.operator.stage.AttemptState.Cause;
import io.viewal.operator.stage.AttemptState.Ended;
import io.viewal.operator.stage.AttemptState.Running;
import io.viewal.operator.stage.AttemptState.Waiting;
import io.viewal.operator.stage.StageRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells from a stage's Jobs and their pods how its attempts go. */
public final class AttemptReader {

    private static final Set<String> FAILED = Set.of("FailureTarget", "Failed");
    private static final Set<String> SUCCEEDED = Set.of("SuccessCriteriaMet", "Complete");

    /** A pod that is set up for longer than this may be in trouble. */
    private static final Duration USUAL_SETUP = Duration.ofSeconds(8);

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
        return new Attempt(number(job), job.getMetadata().getName(), state(job, pods));
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
            return ended(failed.get(), live.pods(job));
        }
        Optional<JobCondition> succeeded = condition(job, SUCCEEDED);
        if (succeeded.isPresent()) {
            return new Ended(
                    Cause.FAILED,
                    Reason.ResultMissing,
                    "its Job succeeded but the store has no result: does the worker use the store of the round class?",
                    time(succeeded.get()));
        }
        if (job.getMetadata().getDeletionTimestamp() != null) {
            return new Ended(Cause.DISRUPTED, Reason.Disrupted, "its Job was deleted", clock.instant());
        }
        return active(job, pods);
    }

    private Ended ended(JobCondition failed, List<Pod> pods) {
        Ended gravest = PodFailures.gravest(pods, time(failed));
        boolean badInput = "PodFailurePolicy".equals(failed.getReason())
                && failed.getMessage().contains("rule at index " + FailurePolicy.BAD_INPUT_RULE);
        return badInput && gravest.cause() != Cause.PERMANENT
                ? new Ended(Cause.PERMANENT, Reason.WorkerFailed, failed.getMessage(), time(failed))
                : gravest;
    }

    private AttemptState active(Job job, List<Pod> pods) {
        if (Boolean.TRUE.equals(job.getSpec().getSuspend())) {
            return new Waiting(Reason.WaitingForResources, "its Job is queued");
        }
        long running = pods.stream()
                .filter(pod -> pod.getStatus().getPhase().equals("Running"))
                .count();
        Optional<Waiting> waiting = pods.stream()
                .filter(pod -> pod.getStatus().getPhase().equals("Pending"))
                .map(this::waiting)
                .findFirst();
        if (running > 0) {
            int shards =
                    job.getSpec().getCompletions() == null ? 1 : job.getSpec().getCompletions();
            String text = shards == 1 ? "the worker runs" : "%d of %d workers run".formatted(running, shards);
            return new Running(waiting.map(wait -> text + "; " + wait.message()).orElse(text));
        }
        if (waiting.isPresent()) {
            return waiting.get();
        }
        return pods.isEmpty()
                ? new Waiting(Reason.PodStarting, "the Job controller has not made its pod yet")
                : new Running("the worker ended");
    }

    private Waiting waiting(Pod pod) {
        if (PodWaits.silent(pod, clock.instant()) && slow(pod)) {
            Optional<String> trouble = live.setupTrouble(pod);
            if (trouble.isPresent()) {
                return new Waiting(Reason.PodSetupFailing, "its pod can't be set up: " + trouble.get());
            }
        }
        return PodWaits.of(pod, clock.instant());
    }

    private boolean slow(Pod pod) {
        Instant started = Instant.parse(pod.getStatus().getStartTime());
        return Duration.between(started, clock.instant()).compareTo(USUAL_SETUP) > 0;
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
