package io.viewal.operator.job;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.stage.AttemptState;
import io.viewal.operator.stage.AttemptState.Ended;
import io.viewal.operator.stage.AttemptState.Running;
import io.viewal.operator.stage.AttemptState.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Tells from the pods of a Job that has not finished how its attempt goes. */
final class ActivePods {

    /** A pod that is set up for longer than this may be in trouble, which its events tell of. */
    private static final Duration USUAL_SETUP = Duration.ofSeconds(8);

    /** A pod that is set up for longer than this needs an explanation. */
    private static final Duration LONG_SETUP = Duration.ofSeconds(60);

    private final Job job;
    private final List<Pod> pods;
    private final JobClient live;
    private final Instant now;

    ActivePods(Job job, List<Pod> pods, JobClient live, Instant now) {
        this.job = job;
        this.pods = pods;
        this.live = live;
        this.now = now;
    }

    AttemptState state() {
        if (Boolean.TRUE.equals(job.getSpec().getSuspend())) {
            return new Waiting(Reason.WaitingForResources, "its Job is queued");
        }
        if (pods.isEmpty()) {
            return withoutPods();
        }
        Optional<Ended> lost =
                pods.stream().flatMap(pod -> NodeLoss.ended(pod, now).stream()).findFirst();
        if (lost.isPresent()) {
            return lost.get();
        }
        return outlived(pods) && pods.size() >= shards() ? workersEnded() : watched();
    }

    /** True when every pod's worker has ended and some pod goes on for another container, such as an injected one. */
    static boolean outlived(List<Pod> pods) {
        return pods.stream().anyMatch(WorkerContainer::outlived)
                && pods.stream().allMatch(pod -> WorkerContainer.outlived(pod) || ended(pod));
    }

    private static boolean ended(Pod pod) {
        return phase(pod, "Succeeded") || phase(pod, "Failed");
    }

    private AttemptState workersEnded() {
        return PodFailures.gravestOf(pods, now)
                .orElseGet(() -> PodFailures.withoutResult("its worker ended without an error", now));
    }

    private AttemptState watched() {
        List<Waiting> unreachable =
                pods.stream().flatMap(pod -> NodeLoss.waiting(pod).stream()).toList();
        long running = pods.stream()
                        .filter(pod -> phase(pod, "Running")
                                && WorkerContainer.exit(pod).isEmpty())
                        .count()
                - unreachable.size();
        Optional<Waiting> waiting = pods.stream()
                .filter(pod -> phase(pod, "Pending"))
                .map(this::waiting)
                .findFirst()
                .or(() -> unreachable.stream().findFirst());
        if (running > 0) {
            String text = shards() == 1 ? "the worker runs" : "%d of %d workers run".formatted(running, shards());
            return new Running(waiting.map(wait -> text + "; " + wait.message()).orElse(text));
        }
        return waiting.isPresent() ? waiting.get() : new Running("the worker ended");
    }

    private int shards() {
        return job.getSpec().getCompletions() == null ? 1 : job.getSpec().getCompletions();
    }

    private AttemptState withoutPods() {
        Instant made = time(job.getMetadata().getCreationTimestamp());
        if (longerThan(USUAL_SETUP, made)) {
            Optional<String> refused = live.trouble(job);
            if (refused.isPresent()) {
                return PodRefusals.waiting(refused.get());
            }
        }
        return longerThan(LONG_SETUP, made)
                ? new Waiting(
                        Reason.PodSetupSlow,
                        "the Job controller has made no pod since %s and says nothing".formatted(seconds(made)))
                : new Waiting(Reason.PodStarting, "the Job controller has not made its pod yet");
    }

    private Waiting waiting(Pod pod) {
        Waiting waiting = PodWaits.of(pod, now);
        if (waiting.reason() != Reason.PodStarting || pod.getStatus().getStartTime() == null) {
            return waiting;
        }
        Instant started = time(pod.getStatus().getStartTime());
        if (longerThan(USUAL_SETUP, started)) {
            Optional<String> trouble = live.trouble(pod);
            if (trouble.isPresent()) {
                return new Waiting(Reason.PodSetupFailing, "its pod can't be set up: " + trouble.get());
            }
        }
        return longerThan(LONG_SETUP, started)
                ? new Waiting(
                        Reason.PodSetupSlow,
                        "its pod is being set up since %s; the kubelet says: %s"
                                .formatted(seconds(started), live.lastWord(pod).orElse("nothing")))
                : waiting;
    }

    private boolean longerThan(Duration usual, Instant since) {
        return since.plus(usual).isBefore(now);
    }

    private Instant time(String text) {
        return text == null ? now : Instant.parse(text);
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    static boolean phase(Pod pod, String phase) {
        return phase.equals(pod.getStatus().getPhase());
    }
}
