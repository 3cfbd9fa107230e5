package io.viewal.operator.job;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The worker's own container among those of its pod: an admission webhook may have added others. */
final class WorkerContainer {

    private WorkerContainer() {}

    /** The worker as the pod's spec has it. */
    static Container spec(Pod pod) {
        return pod.getSpec().getContainers().stream()
                .filter(container -> container.getName().equals(StageJobs.CONTAINER))
                .findFirst()
                .orElseThrow();
    }

    /** How the worker ended; empty while it has not. */
    static Optional<ContainerStateTerminated> exit(Pod pod) {
        return statuses(pod)
                .filter(status -> status.getName().equals(StageJobs.CONTAINER))
                .map(ContainerStatus::getState)
                .filter(Objects::nonNull)
                .map(ContainerState::getTerminated)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** True when the worker has ended and another container keeps the pod. */
    static boolean outlived(Pod pod) {
        return ActivePods.phase(pod, "Running")
                && exit(pod).isPresent()
                && statuses(pod)
                        .filter(status -> !status.getName().equals(StageJobs.CONTAINER))
                        .map(ContainerStatus::getState)
                        .anyMatch(state -> state != null && state.getRunning() != null);
    }

    private static Stream<ContainerStatus> statuses(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream();
    }
}
