package io.viewal.operator.job;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.stage.AttemptState.Cause;
import io.viewal.operator.stage.AttemptState.Ended;
import java.time.Instant;
import java.util.List;

/** Tells why a Job failed: by its own condition where that says more than its pods, otherwise by them. */
final class JobFailures {

    private JobFailures() {}

    static Ended ended(JobCondition failed, List<Pod> pods, Instant at) {
        if ("DeadlineExceeded".equals(failed.getReason())) {
            return new Ended(
                    Cause.PERMANENT,
                    Reason.DeadlineExceeded,
                    "it ran for longer than the deadlineSeconds of its round class; have them raised, or ask for less work or"
                            + " more resources in a new round",
                    at);
        }
        Ended gravest = PodFailures.gravest(pods, at);
        boolean badInput = "PodFailurePolicy".equals(failed.getReason())
                && failed.getMessage().contains("rule at index " + FailurePolicy.BAD_INPUT_RULE);
        return badInput && gravest.cause() != Cause.PERMANENT
                ? new Ended(Cause.PERMANENT, Reason.WorkerFailed, failed.getMessage(), at)
                : gravest;
    }
}
