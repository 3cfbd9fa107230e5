package io.viewal.operator.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.viewal.contract.ContractJson;
import io.viewal.contract.ExitCode;
import io.viewal.contract.StageFailure;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.stage.AttemptState.Cause;
import io.viewal.operator.stage.AttemptState.Ended;
import java.time.Instant;
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
        return pods.stream()
                .flatMap(pod -> failure(pod, at).stream())
                .min(Comparator.comparing(Ended::cause))
                .orElseGet(() -> disrupted("its pod was deleted", at));
    }

    private static Optional<Ended> failure(Pod pod, Instant at) {
        if (!"Failed".equals(pod.getStatus().getPhase())) {
            return Optional.empty();
        }
        Optional<String> disruption = disruption(pod);
        if (disruption.isPresent()) {
            return Optional.of(disrupted(disruption.get(), at));
        }
        Optional<ContainerStateTerminated> terminated = terminated(pod);
        // Without a terminated container the node refused the pod: OutOfcpu, UnexpectedAdmissionError, NodeLost.
        return Optional.of(terminated
                .map(state -> exited(pod, state, at))
                .orElseGet(() -> disrupted("its node refused the pod: " + statusText(pod), at)));
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
        Cause cause = ExitCode.permanent(code) ? Cause.PERMANENT : Cause.FAILED;
        return reported(state)
                .map(failure -> new Ended(cause, Reason.of(failure.reason()), failure.message(), at))
                .orElseGet(() -> new Ended(cause, Reason.WorkerFailed, silent(pod, state), at));
    }

    private static Ended outOfMemory(Pod pod, Instant at) {
        String stage = pod.getMetadata().getLabels().get(JobLabels.STAGE);
        String limit = pod.getSpec()
                .getContainers()
                .getFirst()
                .getResources()
                .getLimits()
                .get("memory")
                .toString();
        String message = "the worker needed more than its %s of memory and was killed; ask for more in spec.resources%s"
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

    private static Optional<StageFailure> reported(ContainerStateTerminated state) {
        if (state.getMessage() == null || state.getMessage().isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ContractJson.mapper().readValue(state.getMessage(), StageFailure.class))
                    .filter(failure -> failure.reason() != null);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> disruption(Pod pod) {
        Optional<PodCondition> target = pod.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals(DISRUPTION_TARGET)
                        && condition.getStatus().equals("True"))
                .findFirst();
        return target.map(
                condition -> "its pod was disrupted (%s: %s)".formatted(condition.getReason(), condition.getMessage()));
    }

    private static Optional<ContainerStateTerminated> terminated(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .filter(status -> status.getName().equals(StageJobs.CONTAINER))
                .map(ContainerStatus::getState)
                .map(state -> state == null ? null : state.getTerminated())
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static String statusText(Pod pod) {
        return pod.getStatus().getReason() + " " + pod.getStatus().getMessage();
    }

    private static Ended disrupted(String message, Instant at) {
        return new Ended(Cause.DISRUPTED, Reason.Disrupted, message, at);
    }
}
