package io.viewal.operator.experiment;

import io.viewal.contract.ExperimentRun;
import io.viewal.contract.PlannedRound;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a run has come.
 *
 * @param complete its rounds that are complete, in their order, with what was planned
 * @param at the round that comes next, or with which it ended
 * @param stopped the rule that ended it before its last round; empty: none did
 */
record RunState(ExperimentRun run, Phase phase, List<Done> complete, PlannedRound at, Optional<String> stopped) {

    enum Phase {
        /** Its next round is to be made. */
        DUE,
        /** Its next round is there. */
        UNDERWAY,
        /** It waits for the reference of its seed. */
        AWAITS_REFERENCE,
        /** All its rounds are complete. */
        DONE,
        /** A round failed. */
        FAILED,
        /** A rule of the experiment ended it where it was. */
        STOPPED
    }

    /** A complete round. */
    record Done(PlannedRound planned, ChildRound found) {}

    RunState {
        complete = List.copyOf(complete);
    }

    /** True when no other round is to be made. */
    boolean settled() {
        return phase == Phase.DONE || phase == Phase.FAILED || phase == Phase.STOPPED;
    }

    /** Why no more rounds follow, in the words of an experiment on files; empty: they do. */
    Optional<String> ended() {
        return stopped.or(() -> switch (phase) {
            case DONE -> Optional.of("all rounds are done");
            case FAILED -> Optional.of("a round failed");
            case DUE, UNDERWAY, AWAITS_REFERENCE, STOPPED -> Optional.empty();
        });
    }

    RunState stoppedWhereItIs(String why) {
        return settled() ? this : new RunState(run, Phase.STOPPED, complete, at, Optional.of(why));
    }

    /** How many rounds it has as it stands. */
    int all() {
        return switch (phase) {
            case DONE, STOPPED -> complete.size();
            case FAILED -> complete.size() + 1;
            case DUE, UNDERWAY, AWAITS_REFERENCE -> stopped.isPresent() ? complete.size() + 1 : run.length();
        };
    }

    /** The scores of its complete rounds by the labeled share that they were trained on, in their order. */
    List<Point> curve() {
        List<Point> curve = new ArrayList<>();
        for (Done done : complete) {
            Double score = done.found().figures().score();
            if (score != null && done.found().trainedOn() != null) {
                curve.add(new Point(done.planned().number(), done.found().trainedOn(), score));
            }
        }
        return curve;
    }

    /**
     * A point of a learning curve.
     *
     * @param number of the round
     * @param labeled share of the train split's pixels that the round trained on
     */
    record Point(int number, double labeled, double score) {}
}
