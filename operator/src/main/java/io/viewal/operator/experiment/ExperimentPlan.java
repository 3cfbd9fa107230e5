package io.viewal.operator.experiment;

import io.viewal.operator.condition.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What follows from what was observed.
 *
 * @param runs how far each run has come
 * @param stopReason why no other rounds are made though there are some left; empty: they are
 * @param settled true when no round is under way, and none is to be made: the report can be
 * @param verdict where the experiment stands; of one that is settled, once its report is made
 * @param recheck when to look again though nothing happened; empty: not at all
 */
record ExperimentPlan(
        List<RunState> runs,
        List<RoundAction> actions,
        Counts counts,
        Optional<String> stopReason,
        boolean settled,
        Verdict verdict,
        Optional<Duration> recheck) {

    /**
     * The same once its actions are done, as far as they could be.
     *
     * @param refused why not all of them; empty: all are
     */
    ExperimentPlan acted(Optional<Verdict> refused) {
        return new ExperimentPlan(runs, actions, counts, stopReason, false, refused.orElse(verdict), recheck);
    }

    /** Numbers of rounds. */
    record Counts(int all, int done, int underway, int failed) {}
}
