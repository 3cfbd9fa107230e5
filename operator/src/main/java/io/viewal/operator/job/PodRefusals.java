package io.viewal.operator.job;

import io.viewal.operator.condition.Reason;
import io.viewal.operator.stage.AttemptState.Waiting;
import java.util.Locale;

/** Tells what the API server's refusal of a pod or a Job means: a quota that others use up frees itself, the rest does not. */
final class PodRefusals {

    private PodRefusals() {}

    /** What a Job waits for whose pod is refused; the Job controller tries again by itself. */
    static Waiting waiting(String refusal) {
        if (!exceedsQuota(refusal)) {
            return new Waiting(
                    Reason.PodRejected, "the API server refuses its pod (%s)%s".formatted(refusal, advice(refusal)));
        }
        return new Waiting(
                Reason.QuotaExceeded,
                "its pod does not fit the namespace's quota (%s); it is made when others end, or the quota is raised"
                        .formatted(refusal));
    }

    /** True when there would be room if others ended. */
    static boolean exceedsQuota(String refusal) {
        return refusal.toLowerCase(Locale.ROOT).contains("exceeded quota");
    }

    private static String advice(String refusal) {
        return refusal.contains("limits.cpu")
                ? "; set resources.limitCpu: true in the round class, or have a LimitRange give a default"
                : "; change the namespace's policy, or what the round asks for in a new round";
    }
}
