package io.viewal.operator.job;

import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicy;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyBuilder;
import io.viewal.contract.ExitCode;

/**
 * What the Job controller does when a pod fails. It never runs a pod again: the operator owns retries, as it alone knows
 * which are free of charge.
 */
final class FailurePolicy {

    /** Position of the rule for bad input; the Job's condition names it. */
    static final int BAD_INPUT_RULE = 0;

    private FailurePolicy() {}

    /** Any failure ends the Job. */
    static PodFailurePolicy ofOneShard() {
        return policy("FailJob");
    }

    /** Bad input ends the Job, a disruption only the shard. */
    static PodFailurePolicy ofShards() {
        return policy("FailIndex");
    }

    private static PodFailurePolicy policy(String onDisruption) {
        return new PodFailurePolicyBuilder()
                .addNewRule()
                .withAction("FailJob")
                .withNewOnExitCodes()
                .withContainerName(StageJobs.CONTAINER)
                .withOperator("In")
                .withValues(ExitCode.BAD_REQUEST, ExitCode.BAD_DATA)
                .endOnExitCodes()
                .endRule()
                .addNewRule()
                .withAction(onDisruption)
                .addNewOnPodCondition()
                .withType(PodFailures.DISRUPTION_TARGET)
                .withStatus("True")
                .endOnPodCondition()
                .endRule()
                .build();
    }
}
