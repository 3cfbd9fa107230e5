package io.viewal.operator.job;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.stage.AttemptState.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Tells what a pod that does not run yet waits for. */
final class PodWaits {

    private static final Set<String> IMAGE = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "ErrImageNeverPull",
            "InvalidImageName",
            "ImageInspectError",
            "RegistryUnavailable",
            "SignatureValidationFailed");

    private static final Set<String> SETUP =
            Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError", "CreatePodSandboxError");

    /** A stage's pod is often made while the last one's still ends: what it lacks for a moment is no news. */
    private static final Duration USUAL_SCHEDULING = Duration.ofSeconds(5);

    private PodWaits() {}

    static Waiting of(Pod pod, Instant now) {
        return unscheduled(pod, now)
                .or(() -> container(pod))
                .orElseGet(() -> new Waiting(Reason.PodStarting, "its pod is being set up"));
    }

    private static Optional<Waiting> unscheduled(Pod pod, Instant now) {
        return pod.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals("PodScheduled")
                        && condition.getStatus().equals("False"))
                .map(condition -> isNew(pod, now)
                        ? new Waiting(Reason.PodStarting, "its pod is being scheduled")
                        : new Waiting(
                                Reason.WaitingForResources,
                                Objects.requireNonNullElse(condition.getMessage(), condition.getReason())))
                .findFirst();
    }

    private static boolean isNew(Pod pod, Instant now) {
        String created = pod.getMetadata().getCreationTimestamp();
        return created != null && now.isBefore(Instant.parse(created).plus(USUAL_SCHEDULING));
    }

    private static Optional<Waiting> container(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .filter(status -> status.getState() != null && status.getState().getWaiting() != null)
                .flatMap(status -> trouble(pod, status).stream())
                .findFirst();
    }

    private static Optional<Waiting> trouble(Pod pod, ContainerStatus status) {
        ContainerStateWaiting waiting = status.getState().getWaiting();
        String said = waiting.getReason() + ": " + Objects.requireNonNullElse(waiting.getMessage(), "no message");
        if (IMAGE.contains(waiting.getReason())) {
            String image = pod.getSpec().getContainers().stream()
                    .filter(container -> container.getName().equals(status.getName()))
                    .map(Container::getImage)
                    .findFirst()
                    .orElse(status.getImage());
            return Optional.of(new Waiting(
                    Reason.ImagePullFailing,
                    "the image '%s' can't be pulled (%s); correct it in the round class or make it available"
                            .formatted(image, said)));
        }
        return SETUP.contains(waiting.getReason())
                ? Optional.of(new Waiting(Reason.PodSetupFailing, "its pod can't be set up (" + said + ")"))
                : Optional.empty();
    }
}
