package io.viewal.operator.pipeline;

import io.viewal.operator.condition.Reason;
import io.viewal.operator.condition.Verdict;
import io.viewal.operator.stage.StageAction;
import java.time.Duration;
import java.util.Optional;

/**
 * What follows from what was observed.
 *
 * @param records what is to be remembered
 * @param recheck when to look again though nothing happened; empty: not at all
 */
public record PipelinePlan(Records records, StageAction action, Verdict verdict, Optional<Duration> recheck) {

    private static final Duration REJECTED_RECHECK = Duration.ofSeconds(30);

    /** The plan when the API server refused its Job: what was learned is kept, but nothing was launched. */
    PipelinePlan rejected(Records before, String message) {
        return new PipelinePlan(
                action instanceof StageAction.Launch launch ? records.with(before.of(launch.stage())) : records,
                new StageAction.None(),
                Verdict.stalled(
                        Reason.JobRejected, "Nothing could be launched, as " + message + "; tried again by itself"),
                Optional.of(REJECTED_RECHECK));
    }
}
