package io.viewal.operator.experiment;

import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.contract.ArtifactRef;
import io.viewal.contract.ExperimentDeclaration;
import io.viewal.contract.ExperimentRounds;
import io.viewal.contract.ExperimentRounds.Outcome;
import io.viewal.contract.ExperimentRounds.Role;
import io.viewal.contract.ExperimentRoundsBuilder;
import io.viewal.contract.ExperimentRun;
import io.viewal.contract.PlannedRound;
import io.viewal.contract.Stage;
import io.viewal.operator.experiment.RunState.Done;
import io.viewal.operator.experiment.RunState.Phase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Puts together what a report is made of: the rounds that have ended, and where their results lie.
 *
 * @param results of a round's stages, as far as there are any
 */
record FinishedRounds(
        String experiment,
        List<RunState> runs,
        Map<String, ActiveLearningRound> children,
        Function<ActiveLearningRound, Map<Stage, List<ArtifactRef>>> results) {

    ExperimentRounds rounds() {
        List<ExperimentRounds.Round> rounds = new ArrayList<>();
        for (RunState state : runs) {
            for (Done done : state.complete()) {
                rounds.add(round(done.planned(), Outcome.Complete, null));
            }
            if (state.phase() == Phase.FAILED) {
                rounds.add(round(state.at(), Outcome.Failed, says(state.at())));
            }
        }
        return ExperimentRoundsBuilder.builder()
                .version(ExperimentRounds.VERSION)
                .experiment(experiment)
                .arms(arms())
                .rounds(rounds)
                .build();
    }

    private ExperimentRounds.Round round(PlannedRound planned, Outcome outcome, String message) {
        return new ExperimentRounds.Round(
                planned.arm(),
                planned.seed(),
                planned.number(),
                planned.name(),
                outcome,
                message,
                results.apply(children.get(planned.name())));
    }

    private String says(PlannedRound planned) {
        return ChildRound.of(children.get(planned.name())).says();
    }

    private List<ExperimentRounds.Arm> arms() {
        Map<String, ExperimentRounds.Arm> arms = new LinkedHashMap<>();
        for (RunState state : runs) {
            ExperimentRun run = state.run();
            arms.computeIfAbsent(
                    run.arm(), name -> new ExperimentRounds.Arm(name, run.strategy(), role(run), ended(name)));
        }
        return List.copyOf(arms.values());
    }

    private static Role role(ExperimentRun run) {
        return run.isReference()
                ? Role.Reference
                : run.arm().equals(ExperimentDeclaration.CONTROL_ARM) ? Role.Control : Role.Compared;
    }

    /** Why its runs have ended; null while one goes on. */
    private String ended(String arm) {
        List<RunState> its =
                runs.stream().filter(state -> state.run().arm().equals(arm)).toList();
        return its.stream().allMatch(state -> state.ended().isPresent())
                ? its.stream()
                        .flatMap(state -> state.ended().stream())
                        .distinct()
                        .collect(Collectors.joining("; "))
                : null;
    }
}
