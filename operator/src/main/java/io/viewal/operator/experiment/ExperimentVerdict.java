package io.viewal.operator.experiment;

import io.viewal.operator.condition.Reason;
import io.viewal.operator.condition.Verdict;
import io.viewal.operator.experiment.ExperimentPlan.Counts;
import io.viewal.operator.experiment.RunState.Phase;
import java.util.List;
import java.util.Optional;

/** Says where an experiment stands. */
record ExperimentVerdict(ObservedExperiment seen, List<RunState> runs, Counts counts, Optional<String> stop) {

    private static final int MAX_SAYS = 256;

    Verdict verdict(boolean settled) {
        if (settled) {
            return atTheEnd();
        }
        if (seen.declared().suspend()) {
            return new Verdict(
                    Verdict.Kind.HELD,
                    Reason.Suspended,
                    "held by spec.suspend with %s; set it to false to go on".formatted(progress()));
        }
        return seen.blocked().or(this::stalled).orElseGet(() -> Verdict.progressing(Reason.RoundsUnderway, underway()));
    }

    private Verdict atTheEnd() {
        if (counts.failed() == 0) {
            String why = stop.map(reason -> "; ended before, as " + reason).orElse("");
            return new Verdict(Verdict.Kind.COMPLETE, Reason.Complete, progress() + why);
        }
        String failed = firstFailed()
                .map(round ->
                        "round '%s' failed: %s; delete it, and it is made again".formatted(round.name(), says(round)))
                .orElseThrow();
        return stop.map(reason -> Verdict.stalled(Reason.TooManyRoundsFailed, "%s: %s".formatted(reason, failed)))
                .orElseGet(() -> Verdict.stalled(
                        Reason.RoundsFailed,
                        "%s, %d runs ended before their last round: %s"
                                .formatted(progress(), counts.failed(), failed)));
    }

    /** Only when nothing goes on: what one round waits for need not hold up the others. */
    private Optional<Verdict> stalled() {
        boolean goesOn = seen.rounds().values().stream().anyMatch(round -> round.phase() == ChildRound.Phase.UNDERWAY);
        return goesOn
                ? Optional.empty()
                : first(ChildRound.Phase.STALLED)
                        .filter(round -> counts.underway() >= seen.declared().parallelRounds() || nothingIsDue())
                        .map(round -> Verdict.stalled(
                                Reason.RoundStalled,
                                "Round '%s' can't go on: %s".formatted(round.name(), says(round))));
    }

    /** All of it is in the round's own status. */
    private static String says(ChildRound round) {
        String says = round.says();
        return says.length() <= MAX_SAYS ? says : says.substring(0, MAX_SAYS - 1) + "…";
    }

    private boolean nothingIsDue() {
        return runs.stream().noneMatch(state -> state.phase() == Phase.DUE);
    }

    private String underway() {
        String failed = firstFailed()
                .map(round -> "; %d failed, the first one is '%s'".formatted(counts.failed(), round.name()))
                .orElse("");
        return "%s, %d are under way%s".formatted(progress(), counts.underway(), failed);
    }

    private String progress() {
        return "%d of %d rounds are done".formatted(counts.done(), counts.all());
    }

    private Optional<ChildRound> firstFailed() {
        return runs.stream()
                .filter(state -> state.phase() == Phase.FAILED)
                .findFirst()
                .flatMap(state -> seen.round(state.at().name()));
    }

    private Optional<ChildRound> first(ChildRound.Phase phase) {
        return runs.stream()
                .flatMap(state -> seen.round(state.at().name()).stream())
                .filter(round -> round.phase() == phase)
                .findFirst();
    }
}
