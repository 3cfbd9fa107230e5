package io.viewal.worker.cli;

import io.viewal.contract.ExitCode;
import io.viewal.contract.ExperimentDeclaration;
import io.viewal.contract.ExperimentRequests;
import io.viewal.contract.ExperimentRounds;
import io.viewal.contract.Fact;
import io.viewal.contract.Metric;
import io.viewal.contract.RoundDeclaration;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.Stage;
import io.viewal.contract.StageResult;
import io.viewal.worker.stage.AwaitingAnswersException;
import io.viewal.worker.stage.StageRunner;
import io.viewal.worker.store.DamagedArtifactException;
import io.viewal.worker.store.ObjectStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whole rounds in one process. */
@Command(
        name = "run",
        description = "Run the data sets, rounds and experiments of a YAML file here, without a cluster. "
                + "What was made before of the same is found and not made again.")
final class RunCommand implements Callable<Integer> {

    @Option(
            names = "--round",
            required = true,
            paramLabel = "FILE",
            description = "YAML with MultiViewDataset, ActiveLearningRound and ActiveLearningExperiment resources.")
    private Path file;

    @Mixin
    private StoreOption store;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        RoundFile declared = RoundFile.read(file);
        PrintWriter out = spec.commandLine().getOut();
        StopSignal stop = StopSignal.install();
        try (ObjectStore objects = store.open();
                ScratchFolder scratch = ScratchFolder.create()) {
            RunProgress progress = new RunProgress(new ProgressLine(out));
            StageRunner runner = new StageRunner(objects, scratch.path(), progress, stop, Clock.systemUTC());
            Map<String, String> waiting = runAll(declared, objects, runner, progress);
            waiting.forEach((name, why) -> heading(out, "round " + name + " " + why));
            return waiting.isEmpty() ? ExitCode.OK : ExitCode.AWAITING_ANSWERS;
        } finally {
            stop.finish();
        }
    }

    /**
     * Runs the rounds, but for those that build on one that waits for people.
     *
     * @return what those wait for that are not done, by name
     */
    private Map<String, String> rounds(LocalRounds local, RoundFile declared) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<LocalRounds.RoundOutcome> outcomes = new ArrayList<>();
        Map<String, String> waiting = new LinkedHashMap<>();
        for (Map.Entry<String, RoundDeclaration> round : declared.rounds().entrySet()) {
            String name = round.getKey();
            String previous = round.getValue().previousRound();
            if (previous != null && waiting.containsKey(previous)) {
                waiting.put(name, "waits for round " + previous);
                continue;
            }
            heading(out, "round " + name);
            try {
                outcomes.add(local.run(name, round.getValue()));
            } catch (AwaitingAnswersException e) {
                waiting.put(
                        name,
                        "waits for people, %d of %d regions are answered: viewal label --round %s --name %s --store %s"
                                .formatted(e.answered(), e.regions(), file, name, store.uri()));
            }
        }
        if (!outcomes.isEmpty()) {
            summary(out, outcomes);
        }
        return waiting;
    }

    /** All that is whole is found; what was found damaged, and set aside, is made again. */
    private Map<String, String> runAll(
            RoundFile declared, ObjectStore objects, StageRunner runner, RunProgress progress) throws IOException {
        try {
            return run(declared, new LocalRounds(store.location(), objects, runner::run), progress);
        } catch (DamagedArtifactException e) {
            heading(spec.commandLine().getOut(), e.getMessage());
            return run(declared, new LocalRounds(store.location(), objects, runner::run), progress);
        }
    }

    private Map<String, String> run(RoundFile declared, LocalRounds local, RunProgress progress) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        for (var dataset : declared.datasets().entrySet()) {
            heading(out, "data set " + dataset.getKey());
            StageResult prepared = local.prepare(dataset.getKey(), dataset.getValue());
            heading(
                    out,
                    "  "
                            + store.where(prepared.artifacts()
                                    .get(RoundRequests.DATASET)
                                    .key()));
            Stream.of(Fact.PREFLIGHT, Fact.LABELS)
                    .map(prepared.facts()::get)
                    .filter(Objects::nonNull)
                    .forEach(fact -> heading(out, "  " + fact));
        }
        Map<String, String> waiting = rounds(local, declared);
        for (Map.Entry<String, ExperimentDeclaration> experiment :
                declared.experiments().entrySet()) {
            run(experiment.getKey(), experiment.getValue(), local, progress);
        }
        return waiting;
    }

    private void run(String name, ExperimentDeclaration declared, LocalRounds local, RunProgress progress)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        heading(out, "experiment " + name);
        if (declared.suspend()) {
            heading(out, "  suspended");
            return;
        }
        ExperimentRounds finished = new LocalExperiment(name, declared, local, progress).run();
        StageResult report = local.report(finished);
        long failed = finished.rounds().stream()
                .filter(round -> round.outcome() == ExperimentRounds.Outcome.Failed)
                .count();
        out.printf(
                "  %d rounds%s, best arm %s%n  %s%n",
                finished.rounds().size(),
                failed == 0 ? "" : ", " + failed + " of them failed",
                report.facts().getOrDefault(Fact.BEST_ARM, "not known"),
                store.where(report.artifacts().get(ExperimentRequests.PAGE).key()));
        out.flush();
    }

    private static void heading(PrintWriter out, String text) {
        out.println(text);
        out.flush();
    }

    private void summary(PrintWriter out, List<LocalRounds.RoundOutcome> outcomes) {
        out.printf(
                "%n%-24s %10s %10s %10s %10s %8s  %s%n",
                "ROUND", "TRAINED ON", "VAL MIOU", "TEST MIOU", "LABELED", "REGIONS", "PAGE");
        for (LocalRounds.RoundOutcome round : outcomes) {
            Map<String, Double> train = round.only(Stage.TRAIN).metrics();
            Optional<StageResult> label =
                    round.has(Stage.LABEL) ? Optional.of(round.only(Stage.LABEL)) : Optional.empty();
            out.printf(
                    "%-24s %10s %10s %10s %10s %8s  %s%n",
                    round.name(),
                    percent(train.get(Metric.TRAINED_ON_FRACTION)),
                    percent(train.get(Metric.VALIDATION_MIOU)),
                    percent(train.get(Metric.TEST_MIOU)),
                    percent(label.map(made -> made.metrics().get(Metric.LABELED_FRACTION))
                            .orElse(null)),
                    label.map(made -> Long.toString(
                                    made.metrics().get(Metric.REGIONS).longValue()))
                            .orElse("-"),
                    label.map(made -> store.where(
                                    made.artifacts().get(RoundRequests.PAGE).key()))
                            .orElse("-"));
        }
        out.flush();
    }

    private static String percent(Double share) {
        return share == null ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }
}
