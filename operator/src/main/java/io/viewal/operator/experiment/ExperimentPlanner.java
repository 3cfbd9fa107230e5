package io.viewal.operator.experiment;

import io.viewal.contract.StopRules;
import io.viewal.operator.condition.Verdict;
import io.viewal.operator.experiment.ExperimentPlan.Counts;
import io.viewal.operator.experiment.RunState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides which rounds of an experiment are made, held and let go. A pure function of the rounds that there are: nothing
 * about them is remembered, so that a round that somebody deleted is made again.
 */
final class ExperimentPlanner {

    /** Makes a plan. */
    ExperimentPlan plan(ObservedExperiment seen, Instant now) {
        List<RunState> walked = RunWalk.states(seen);
        Optional<String> stop = overdue(seen, walked, now)
                .or(() -> tooManyFailed("", seen.declared().stop(), walked));
        List<RunState> runs = stopped(walked, stop);
        List<RoundAction> actions = new ArrayList<>(holds(seen, runs));
        if (!seen.declared().suspend() && seen.blocked().isEmpty()) {
            actions.addAll(makes(seen, runs));
        }
        boolean settled = actions.isEmpty() && runs.stream().allMatch(RunState::settled);
        Counts counts = counts(seen, runs);
        Verdict verdict = new ExperimentVerdict(seen, runs, counts, stop).verdict(settled);
        return new ExperimentPlan(runs, actions, counts, stop, settled, verdict, recheck(seen, runs, now));
    }

    private static Optional<String> overdue(ObservedExperiment seen, List<RunState> runs, Instant now) {
        return deadline(seen)
                .filter(deadline -> !now.isBefore(deadline) && !runs.stream().allMatch(RunState::settled))
                .map(deadline -> "its activeDeadlineSeconds ended at " + deadline);
    }

    private static Optional<Instant> deadline(ObservedExperiment seen) {
        Long seconds = seen.declared().activeDeadlineSeconds();
        return seconds == null ? Optional.empty() : seen.startedAt().map(started -> started.plusSeconds(seconds));
    }

    private static Optional<Duration> recheck(ObservedExperiment seen, List<RunState> runs, Instant now) {
        return runs.stream().allMatch(RunState::settled)
                ? Optional.empty()
                : deadline(seen)
                        .filter(now::isBefore)
                        .map(deadline -> Duration.between(now, deadline).plusMillis(1));
    }

    private static Optional<String> tooManyFailed(String of, StopRules rules, List<RunState> runs) {
        long failed =
                runs.stream().filter(state -> state.phase() == Phase.FAILED).count();
        return rules.maxFailedRounds() == null || failed <= rules.maxFailedRounds()
                ? Optional.empty()
                : Optional.of(
                        "%d rounds%s failed, and maxFailedRounds is %d".formatted(failed, of, rules.maxFailedRounds()));
    }

    /** Runs that a rule ends where they are: all of them, or those of an arm of which too many rounds failed. */
    private static List<RunState> stopped(List<RunState> runs, Optional<String> stop) {
        Map<String, List<RunState>> arms =
                runs.stream().collect(Collectors.groupingBy(state -> state.run().arm()));
        return runs.stream()
                .map(state -> stop.or(() -> tooManyFailed(
                                " of it",
                                state.run().stop(),
                                arms.get(state.run().arm())))
                        .map(state::stoppedWhereItIs)
                        .orElse(state))
                .toList();
    }

    /** What is under way is held with the experiment, and where a rule ended its run. */
    private static List<RoundAction> holds(ObservedExperiment seen, List<RunState> runs) {
        Set<String> ended = ended(runs);
        return seen.rounds().values().stream()
                .filter(ChildRound::underway)
                .sorted(Comparator.comparing(ChildRound::name))
                .flatMap(round -> {
                    boolean held = seen.declared().suspend() || ended.contains(round.name());
                    return held == round.held()
                            ? Stream.<RoundAction>empty()
                            : Stream.of(new RoundAction.Hold(round.name(), held));
                })
                .toList();
    }

    /** As many as there is room for: seed after seed, so that arms can be compared early, and of a seed round after round. */
    private static List<RoundAction> makes(ObservedExperiment seen, List<RunState> runs) {
        int room = Math.max(0, seen.declared().parallelRounds() - underway(seen, runs));
        List<Long> seeds = seen.declared().seeds().values();
        return runs.stream()
                .filter(state -> state.phase() == Phase.DUE)
                .sorted(Comparator.comparingInt(
                                (RunState state) -> seeds.indexOf(state.run().seed()))
                        .thenComparing(state -> !state.run().isReference())
                        .thenComparingInt(state -> state.at().number()))
                .limit(room)
                .<RoundAction>map(state -> new RoundAction.Make(state.at()))
                .toList();
    }

    private static Counts counts(ObservedExperiment seen, List<RunState> runs) {
        return new Counts(
                runs.stream().mapToInt(RunState::all).sum(),
                runs.stream().mapToInt(state -> state.complete().size()).sum(),
                underway(seen, runs),
                (int) runs.stream()
                        .filter(state -> state.phase() == Phase.FAILED)
                        .count());
    }

    /** Those that a rule ended are held for good: they take no room. */
    private static int underway(ObservedExperiment seen, List<RunState> runs) {
        Set<String> ended = ended(runs);
        return (int) seen.rounds().values().stream()
                .filter(round -> round.underway() && !ended.contains(round.name()))
                .count();
    }

    private static Set<String> ended(List<RunState> runs) {
        return runs.stream()
                .filter(state -> state.phase() == Phase.STOPPED)
                .map(state -> state.at().name())
                .collect(Collectors.toSet());
    }
}
