package io.viewal.operator.experiment;

import io.viewal.contract.PlannedRound;

/** What is to be done to a round. */
sealed interface RoundAction {

    /** Make it. */
    record Make(PlannedRound round) implements RoundAction {}

    /** Hold it, or let it go on. */
    record Hold(String name, boolean held) implements RoundAction {}
}
