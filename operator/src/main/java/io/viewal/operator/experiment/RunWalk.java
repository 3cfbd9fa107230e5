package io.viewal.operator.experiment;

import io.viewal.contract.ExperimentRun;
import io.viewal.contract.PlannedRound;
import io.viewal.contract.RoundFigures;
import io.viewal.operator.experiment.RunState.Done;
import io.viewal.operator.experiment.RunState.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Follows each run along its rounds to the first one that is not complete. */
final class RunWalk {

    /** A reference that has ended; the score is empty when it failed, or has none. */
    private record Reference(Optional<Double> score) {}

    private final ObservedExperiment seen;
    private final Map<Long, Reference> references = new HashMap<>();

    private RunWalk(ObservedExperiment seen) {
        this.seen = seen;
    }

    static List<RunState> states(ObservedExperiment seen) {
        RunWalk walk = new RunWalk(seen);
        List<RunState> states = new ArrayList<>();
        for (ExperimentRun run : seen.runs()) {
            RunState state = walk.state(run);
            if (run.isReference() && state.settled()) {
                walk.references.put(run.seed(), new Reference(score(state)));
            }
            states.add(state);
        }
        return states;
    }

    private static Optional<Double> score(RunState reference) {
        return reference.complete().stream()
                .findFirst()
                .map(done -> done.found().figures().score());
    }

    private RunState state(ExperimentRun run) {
        Reference reference = references.get(run.seed());
        Optional<Double> score = reference == null ? Optional.empty() : reference.score();
        boolean needsReference = run.stop().shareOfReference() != null && reference == null;
        List<Done> complete = new ArrayList<>();
        List<RoundFigures> labeled = new ArrayList<>();
        while (true) {
            PlannedRound next = run.next(labeled, score);
            Optional<String> stopped = run.stopped(labeled, score);
            Optional<ChildRound> there = seen.round(next.name());
            if (there.isEmpty()) {
                Phase phase = needsReference && !labeled.isEmpty() ? Phase.AWAITS_REFERENCE : Phase.DUE;
                return new RunState(run, phase, complete, next, stopped);
            }
            ChildRound child = there.get();
            if (child.phase() != ChildRound.Phase.COMPLETE) {
                Phase phase = child.phase() == ChildRound.Phase.FAILED ? Phase.FAILED : Phase.UNDERWAY;
                return new RunState(run, phase, complete, next, stopped);
            }
            complete.add(new Done(next, child));
            if (next.measures()) {
                return new RunState(run, Phase.DONE, complete, next, stopped);
            }
            labeled.add(child.figures());
        }
    }
}
