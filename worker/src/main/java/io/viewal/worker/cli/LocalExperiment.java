package io.viewal.worker.cli;

import static java.util.stream.Collectors.joining;

import io.viewal.contract.ExperimentDeclaration;
import io.viewal.contract.ExperimentRounds;
import io.viewal.contract.ExperimentRounds.Arm;
import io.viewal.contract.ExperimentRounds.Outcome;
import io.viewal.contract.ExperimentRounds.Role;
import io.viewal.contract.ExperimentRounds.Round;
import io.viewal.contract.ExperimentRun;
import io.viewal.contract.PlannedRound;
import io.viewal.contract.RoundFigures;
import io.viewal.contract.Stage;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.contract.StageResult;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.cli.LocalRounds.RoundOutcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs an experiment in this process: the rounds that the operator would make, arm after arm, the reference first, as rules
 * may need it. A round that fails ends its run, and the others go on.
 */
final class LocalExperiment {

    /** Why a round fails that was asked for well; what is wrong with the request or the store ends the command. */
    private static final Set<Reason> OF_A_ROUND =
            EnumSet.of(Reason.TrainingDiverged, Reason.InvalidScores, Reason.BudgetExceedsUnlabeled);

    private final String name;
    private final ExperimentDeclaration declared;
    private final LocalRounds rounds;
    private final RunProgress progress;
    private final List<Round> finished = new ArrayList<>();
    private final Map<Long, Double> references = new HashMap<>();

    LocalExperiment(String name, ExperimentDeclaration declared, LocalRounds rounds, RunProgress progress) {
        this.name = name;
        this.declared = declared;
        this.rounds = rounds;
        this.progress = progress;
    }

    /** Runs all rounds, or finds that they have been run. */
    ExperimentRounds run() throws IOException {
        Map<String, List<ExperimentRun>> runs = new LinkedHashMap<>();
        declared.runs(name).stream()
                .sorted(Comparator.comparing(run -> run.isReference() ? 0 : 1))
                .forEach(run -> runs.computeIfAbsent(run.arm(), arm -> new ArrayList<>())
                        .add(run));
        List<Arm> arms = new ArrayList<>();
        for (List<ExperimentRun> arm : runs.values()) {
            arms.add(arm(arm));
        }
        return new ExperimentRounds(ExperimentRounds.VERSION, name, arms, finished);
    }

    private Arm arm(List<ExperimentRun> runs) throws IOException {
        ExperimentRun first = runs.getFirst();
        progress.begin(
                first.arm(), runs.stream().mapToInt(ExperimentRun::length).sum());
        List<String> ended = new ArrayList<>();
        for (ExperimentRun run : runs) {
            ended.add(run(run));
        }
        String reason = ended.stream().distinct().collect(joining("; "));
        progress.end(reason);
        return new Arm(first.arm(), first.strategy(), role(first), reason);
    }

    private static Role role(ExperimentRun run) {
        if (run.isReference()) {
            return Role.Reference;
        }
        return run.arm().equals(ExperimentDeclaration.CONTROL_ARM) ? Role.Control : Role.Compared;
    }

    /** Runs one arm with one seed, and tells why it has ended. */
    private String run(ExperimentRun run) throws IOException {
        Optional<Double> reference = Optional.ofNullable(references.get(run.seed()));
        List<RoundFigures> labeled = new ArrayList<>();
        while (true) {
            if (exhausted(run)) {
                return "too many rounds failed";
            }
            PlannedRound round = run.next(labeled, reference);
            progress.round(round);
            Optional<RoundFigures> figures = run(round);
            if (figures.isEmpty()) {
                return "a round failed";
            }
            if (round.measures()) {
                if (run.isReference() && figures.get().score() != null) {
                    references.put(run.seed(), figures.get().score());
                }
                return run.stopped(labeled, reference).orElse("all rounds are done");
            }
            labeled.add(figures.get());
        }
    }

    private boolean exhausted(ExperimentRun run) {
        Integer most = run.stop().maxFailedRounds();
        return most != null
                && finished.stream()
                                .filter(round -> round.outcome() == Outcome.Failed)
                                .count()
                        > most;
    }

    /** Runs a round; empty when it fails. */
    private Optional<RoundFigures> run(PlannedRound round) throws IOException {
        try {
            RoundOutcome outcome = rounds.run(round.name(), round.declaration());
            finish(round, Outcome.Complete, null);
            Optional<StageResult> label =
                    outcome.has(Stage.LABEL) ? Optional.of(outcome.only(Stage.LABEL)) : Optional.empty();
            return Optional.of(RoundFigures.of(outcome.only(Stage.TRAIN), label));
        } catch (InvalidInputException e) {
            if (!OF_A_ROUND.contains(e.reason())) {
                throw e;
            }
            finish(round, Outcome.Failed, e.getMessage());
            return Optional.empty();
        }
    }

    private void finish(PlannedRound round, Outcome outcome, String message) {
        finished.add(new Round(
                round.arm(),
                round.seed(),
                round.number(),
                round.name(),
                outcome,
                message,
                rounds.results(round.name(), declared.dataset())));
    }
}
