package io.viewal.operator.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.viewal.contract.ContractJson;
import io.viewal.contract.ExitCode;
import io.viewal.contract.StageFailure;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.stage.AttemptState.Cause;
import io.viewal.operator.stage.AttemptState.Ended;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Tells from failed pods whose fault it was. */
final class PodFailures {

    static final String DISRUPTION_TARGET = "DisruptionTarget";

    private static final int SIGKILLED = 137;
    private static final String OOM_KILLED = "OOMKilled";

    private PodFailures() {}

    /**
     * The gravest of the failures: bad input before a failing worker before a disruption. A Job that failed and has no
     * failed pod lost it to someone who deleted it.
     */
    static Ended gravest(List<Pod> pods, Instant at) {
        return gravestOf(pods, at).orElseGet(() -> disrupted("its pod was deleted", at));
    }

    /** The gravest of the failures; empty when no pod has failed. */
    static Optional<Ended> gravestOf(List<Pod> pods, Instant at) {
        return pods.stream().flatMap(pod -> failure(pod, at).stream()).min(Comparator.comparing(Ended::cause));
    }

    /** A worker that reports success has committed a result; one that is not there is in another store. */
    static Ended withoutResult(String how, Instant at) {
        return new Ended(
                Cause.FAILED,
                Reason.ResultMissing,
                how + " but the store has no result: does the worker use the store of the round class?",
                at);
    }

    private static Optional<Ended> failure(Pod pod, Instant at) {
        Optional<ContainerStateTerminated> terminated = WorkerContainer.exit(pod);
        boolean failed = ActivePods.phase(pod, "Failed")
                || WorkerContainer.outlived(pod) && terminated.orElseThrow().getExitCode() != ExitCode.OK;
        if (!failed) {
            return Optional.empty();
        }
        return Optional.of(evicted(pod, at)
                .or(() -> disruption(pod).map(text -> disrupted(text, at)))
                .or(() -> terminated.map(state -> exited(pod, state, at)))
                // Without a terminated container the node refused the pod: OutOfcpu, UnexpectedAdmissionError.
                .orElseGet(() -> disrupted("its node refused the pod: " + statusText(pod), at)));
    }

    /** The kubelet says what was used and what was allowed. A pod that kept to its limits had to go for others. */
    private static Optional<Ended> evicted(Pod pod, Instant at) {
        if (!"Evicted".equals(pod.getStatus().getReason())) {
            return Optional.empty();
        }
        String said = Objects.requireNonNullElse(pod.getStatus().getMessage(), "the kubelet gave no reason");
        return Optional.of(
                disruption(pod).isPresent()
                        ? new Ended(Cause.DISRUPTED, Reason.Evicted, "its pod was evicted: " + said, at)
                        : new Ended(
                                Cause.FAILED,
                                Reason.DiskLimitExceeded,
                                "its pod used more disk than it may: %s; have the round class's limits raised"
                                        .formatted(said),
                                at));
    }

    private static Ended exited(Pod pod, ContainerStateTerminated state, Instant at) {
        int code = state.getExitCode();
        boolean stopped =
                pod.getMetadata().getDeletionTimestamp() != null || "ContainerStatusUnknown".equals(state.getReason());
        if (code == ExitCode.TERMINATED || (code == SIGKILLED && stopped)) {
            return disrupted("its pod was stopped", at);
        }
        if (OOM_KILLED.equals(state.getReason())) {
            return outOfMemory(pod, at);
        }
        Cause cause = cause(code);
        return reported(state, cause, at)
                .orElseGet(() -> new Ended(cause, Reason.WorkerFailed, silent(pod, state), at));
    }

    private static Cause cause(int code) {
        if (ExitCode.permanent(code)) {
            return Cause.PERMANENT;
        }
        return code == ExitCode.UNAVAILABLE ? Cause.DISRUPTED : Cause.FAILED;
    }

    private static Ended outOfMemory(Pod pod, Instant at) {
        String stage = pod.getMetadata().getLabels().get(JobLabels.STAGE);
        String limit = WorkerContainer.spec(pod)
                .getResources()
                .getLimits()
                .get("memory")
                .toString();
        String message =
                "the worker used all of the %s of memory that it may and was killed; ask for more in spec.resources%s"
                        .formatted(limit, "prepare".equals(stage) ? ".memory" : "." + stage + ".memory");
        return new Ended(Cause.FAILED, Reason.OutOfMemory, message, at);
    }

    private static String silent(Pod pod, ContainerStateTerminated state) {
        return "the worker ended with exit code %d (%s) and gave no reason; see its log: kubectl logs -n %s %s"
                .formatted(
                        state.getExitCode(),
                        state.getReason(),
                        pod.getMetadata().getNamespace(),
                        pod.getMetadata().getName());
    }

    /** What the worker said; a reason of a later release is not lost with its sentence. */
    private static Optional<Ended> reported(ContainerStateTerminated state, Cause cause, Instant at) {
        if (state.getMessage() == null || state.getMessage().isBlank()) {
            return Optional.empty();
        }
        try {
            JsonNode said = ContractJson.mapper().readTree(state.getMessage());
            String message = said.path("message").asText();
            return message.isBlank()
                    ? Optional.empty()
                    : Optional.of(new Ended(cause, reason(said.path("reason").asText()), message, at));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Reason reason(String name) {
        return Arrays.stream(StageFailure.Reason.values())
                .filter(known -> known.name().equals(name))
                .findFirst()
                .map(Reason::of)
                .orElse(Reason.WorkerFailed);
    }

    private static Optional<String> disruption(Pod pod) {
        Optional<PodCondition> target = pod.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals(DISRUPTION_TARGET)
                        && condition.getStatus().equals("True"))
                .findFirst();
        return target.map(
                condition -> "its pod was disrupted (%s: %s)".formatted(condition.getReason(), condition.getMessage()));
    }

    private static String statusText(Pod pod) {
        return pod.getStatus().getReason() + " " + pod.getStatus().getMessage();
    }

    private static Ended disrupted(String message, Instant at) {
        return new Ended(Cause.DISRUPTED, Reason.Disrupted, message, at);
    }
}
