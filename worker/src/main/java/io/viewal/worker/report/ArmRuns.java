package io.viewal.worker.report;

import io.viewal.contract.ExperimentRounds.Arm;
import io.viewal.contract.ExperimentRounds.Role;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * An arm with all its seeds.
 *
 * @param runs one a seed, by seed
 */
record ArmRuns(Arm arm, List<Run> runs) {

    String name() {
        return arm.name();
    }

    boolean isControl() {
        return arm.role() == Role.Control;
    }

    /** The last round up to which any of its runs has scores; -1 without one. */
    int reach() {
        return runs.stream().mapToInt(Run::reach).max().orElse(-1);
    }

    /** Its last round, whether that has a score or not; -1 without one. */
    int lastRound() {
        return runs.stream().mapToInt(run -> run.rounds().lastKey()).max().orElse(-1);
    }

    /** A value of each run. */
    DoubleStream values(ToDoubleFunction<Run> value) {
        return runs.stream().mapToDouble(value);
    }

    /** All its rounds. */
    Stream<RoundRow> rows() {
        return runs.stream().flatMap(run -> run.rounds().values().stream());
    }
}
