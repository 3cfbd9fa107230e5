package io.viewal.worker.cli;

import io.viewal.contract.Metric;
import io.viewal.contract.RoundDeclaration;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.Stage;
import io.viewal.contract.StageResult;
import io.viewal.contract.StoreLocation;
import io.viewal.worker.stage.ProgressListener;
import io.viewal.worker.stage.StageRunner;
import io.viewal.worker.store.ObjectStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whole rounds in one process. */
@Command(
        name = "run",
        description = "Run the data sets and rounds of a YAML file here, without a cluster. "
                + "A second run goes on from what the first one committed.")
final class RunCommand implements Callable<Integer> {

    @Option(
            names = "--round",
            required = true,
            paramLabel = "FILE",
            description = "YAML with MultiViewDataset and ActiveLearningRound resources.")
    private Path file;

    @Option(
            names = "--store",
            defaultValue = "dir:out",
            paramLabel = "URI",
            description = "dir:PATH, or the http(s) address of an S3 server (default: ${DEFAULT-VALUE}).")
    private String store;

    @Option(
            names = "--bucket",
            defaultValue = "viewal",
            description = "Bucket of an S3 server (default: ${DEFAULT-VALUE}).")
    private String bucket;

    @Option(names = "--credentials", paramLabel = "DIR", description = "Folder with the files accessKey and secretKey.")
    private Path credentials;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        RoundFile declared = RoundFile.read(file);
        PrintWriter out = spec.commandLine().getOut();
        StopSignal stop = StopSignal.install();
        StoreLocation location = new StoreLocation(store, bucket, "", "");
        try (ObjectStore objects = ObjectStore.open(location, credentials);
                ScratchFolder scratch = ScratchFolder.create()) {
            StageRunner runner =
                    new StageRunner(objects, scratch.path(), progress(new ProgressLine(out)), stop, Clock.systemUTC());
            LocalRounds local = new LocalRounds(location, objects, runner);
            for (var dataset : declared.datasets().entrySet()) {
                heading(out, "data set " + dataset.getKey());
                StageResult prepared = local.prepare(dataset.getKey(), dataset.getValue());
                heading(
                        out,
                        "  "
                                + where(prepared.artifacts()
                                        .get(RoundRequests.DATASET)
                                        .key()));
            }
            List<LocalRounds.RoundOutcome> outcomes = new ArrayList<>();
            for (Map.Entry<String, RoundDeclaration> round : declared.rounds().entrySet()) {
                heading(out, "round " + round.getKey());
                outcomes.add(local.run(round.getKey(), round.getValue()));
            }
            if (!outcomes.isEmpty()) {
                summary(out, outcomes);
            }
        } finally {
            stop.finish();
        }
        return 0;
    }

    private static ProgressListener progress(ProgressLine line) {
        return (stage, progress) ->
                line.show(stage.key(), progress.done(), progress.total(), progress.unit(), progress.message());
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
                    label.map(made -> where(
                                    made.artifacts().get(RoundRequests.PAGE).key()))
                            .orElse("-"));
        }
        out.flush();
    }

    private String where(String key) {
        return store.startsWith("dir:")
                ? Path.of(store.substring("dir:".length())).resolve(key).toString()
                : "s3://" + bucket + "/" + key;
    }

    private static String percent(Double share) {
        return share == null ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }
}
