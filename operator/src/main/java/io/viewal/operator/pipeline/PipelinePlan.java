package io.viewal.operator.pipeline;

import io.viewal.operator.condition.Reason;
import io.viewal.operator.condition.Verdict;
import io.viewal.operator.stage.AttemptState.Ended;
import io.viewal.operator.stage.StageAction;
import java.time.Duration;
import java.util.Optional;

/**
 * What follows from what was observed.
 *
 * @param records what is to be remembered
 * @param recheck when to look again though nothing happened; empty: not at all
 * @param ended how the newest attempt ended, if it was counted just now
 */
public record PipelinePlan(
        Records records, StageAction action, Verdict verdict, Optional<Duration> recheck, Optional<Ended> ended) {

    private static final Duration REJECTED_RECHECK = Duration.ofSeconds(30);

    /** One that counts no ending. */
    public PipelinePlan(Records records, StageAction action, Verdict verdict, Optional<Duration> recheck) {
        this(records, action, verdict, recheck, Optional.empty());
    }

    /** The plan when the API server refused its Job: what was learned is kept, but nothing was launched. */
    PipelinePlan rejected(Records before, Reason reason, String message) {
        String text = "Nothing could be launched, as " + message + "; tried again by itself";
        return new PipelinePlan(
                action instanceof StageAction.Launch launch ? records.with(before.of(launch.stage())) : records,
                new StageAction.None(),
                reason == Reason.QuotaExceeded ? Verdict.progressing(reason, text) : Verdict.stalled(reason, text),
                Optional.of(REJECTED_RECHECK));
    }
}
