package io.viewal.operator.stage;

import io.viewal.operator.condition.Verdict;
import java.time.Duration;
import java.util.Optional;

/**
 * What follows from an observation.
 *
 * @param record what is to be remembered
 * @param recheck when to look again though nothing happened
 * @param ended how the newest attempt ended, if it was counted just now
 */
public record StagePlan(
        StageRecord record,
        StageAction action,
        Verdict verdict,
        Optional<Duration> recheck,
        Optional<AttemptState.Ended> ended) {

    StagePlan(StageRecord record, StageAction action, Verdict verdict, Optional<Duration> recheck) {
        this(record, action, verdict, recheck, Optional.empty());
    }

    StagePlan after(Optional<AttemptState.Ended> last) {
        return new StagePlan(record, action, verdict, recheck, last);
    }
}
