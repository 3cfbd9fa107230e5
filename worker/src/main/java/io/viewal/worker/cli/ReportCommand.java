package io.viewal.worker.cli;

import io.viewal.contract.ExperimentRequests;
import io.viewal.contract.ReportParametersBuilder;
import io.viewal.worker.report.ExperimentReport;
import io.viewal.worker.report.ExperimentResults;
import io.viewal.worker.stage.ExperimentReader;
import io.viewal.worker.stage.ExperimentRecords;
import io.viewal.worker.store.ObjectStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The report of an experiment as files. */
@Command(
        name = "report",
        description = {
            "Write the report of an experiment's finished rounds: report.html, which needs nothing else, rounds.csv"
                    + " with a",
            "row a round, report.json, and each chart as SVG in figures."
        })
final class ReportCommand implements Callable<Integer> {

    @Mixin
    private StoreOption store;

    @Option(
            names = "--experiment",
            required = true,
            paramLabel = "NAME",
            description = "Name of the experiment; of several of one name, with its uid: NAME-0a1b2c3d.")
    private String experiment;

    @Option(
            names = "--namespace",
            defaultValue = LocalRounds.NAMESPACE,
            description = "Namespace of the experiment (default: ${DEFAULT-VALUE}, that of 'viewal run').")
    private String namespace;

    @Option(names = "--prefix", defaultValue = "", description = "The round class's prefix in the store.")
    private String prefix;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "A new or empty folder for the report.")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        OutputFolder folder = OutputFolder.begin(out);
        ExperimentResults results;
        try (ObjectStore objects = store.open()) {
            ExperimentRecords records = new ExperimentRecords(objects, ExperimentRequests.folder(prefix, namespace));
            results = new ExperimentReader(objects).read(records.newest(experiment), done -> {});
        }
        write(
                folder.emptied(),
                new ExperimentReport(results, ReportParametersBuilder.builder().build(), ExperimentRequests.SEED)
                        .files());
        PrintWriter text = spec.commandLine().getOut();
        text.printf(
                "%d rounds of '%s': %s%n", results.rows().size(), results.name(), out.resolve(ExperimentReport.PAGE));
        text.flush();
        return 0;
    }

    private static void write(OutputFolder folder, Map<String, byte[]> files) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path target = folder.partial().resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue());
        }
        folder.finish();
    }
}
