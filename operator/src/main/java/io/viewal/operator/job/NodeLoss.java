package io.viewal.operator.job;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.stage.AttemptState.Cause;
import io.viewal.operator.stage.AttemptState.Ended;
import io.viewal.operator.stage.AttemptState.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Tells pods whose node is gone although its Node object stays. Nobody may be left to report their end: the node controller
 * takes their condition {@code Ready} away while the kubelet's own {@code ContainersReady} stays true, deletes them after
 * five minutes, and then waits for the kubelet.
 */
final class NodeLoss {

    /** How long a node may not answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private NodeLoss() {}

    /** That the pod's node does not answer; empty when it does, or when the pod is being deleted. */
    static Optional<Waiting> waiting(Pod pod) {
        return silentSince(pod)
                .map(since -> new Waiting(
                        Reason.NodeLost,
                        "%s has not answered since %s; the stage is launched anew when that lasts for %d s"
                                .formatted(node(pod), seconds(since), PATIENCE.toSeconds())));
    }

    /** The end of a pod whose node has not answered for too long, or has not ended it when it was deleted. */
    static Optional<Ended> ended(Pod pod, Instant now) {
        if (ended(pod)) {
            return Optional.empty();
        }
        return silentSince(pod)
                .map(since -> lost(since, pod, "has not answered since " + seconds(since), now))
                .or(() -> deletion(pod)
                        .map(end -> lost(end, pod, "has not ended the pod, which was to end by " + seconds(end), now)))
                .filter(lost -> !lost.at().isAfter(now));
    }

    private static Ended lost(Instant since, Pod pod, String how, Instant now) {
        Instant at = since.plus(PATIENCE);
        return new Ended(Cause.DISRUPTED, Reason.NodeLost, node(pod) + " " + how, at.isAfter(now) ? at : now);
    }

    private static Optional<Instant> silentSince(Pod pod) {
        if (ended(pod) || condition(pod, "ContainersReady", "True").isEmpty()) {
            return Optional.empty();
        }
        return condition(pod, "Ready", "False")
                .map(PodCondition::getLastTransitionTime)
                .map(Instant::parse);
    }

    /** When the pod's grace period ends: that is what a deletion timestamp says. */
    private static Optional<Instant> deletion(Pod pod) {
        return Optional.ofNullable(pod.getMetadata().getDeletionTimestamp()).map(Instant::parse);
    }

    private static boolean ended(Pod pod) {
        return ActivePods.phase(pod, "Succeeded") || ActivePods.phase(pod, "Failed");
    }

    private static Optional<PodCondition> condition(Pod pod, String type, String status) {
        return pod.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals(type)
                        && condition.getStatus().equals(status))
                .findFirst();
    }

    private static String node(Pod pod) {
        String name = pod.getSpec().getNodeName();
        return name == null ? "its node" : "its node '" + name + "'";
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
