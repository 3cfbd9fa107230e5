package io.viewal.worker.cli;

import io.viewal.contract.StageFailure;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.importer.ImportFormat;
import io.viewal.worker.dataset.importer.ImportReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Turns a data set of another layout into scenes with a {@code transforms.json} each. */
@Command(name = "import", description = "Write OUT/<scene>/transforms.json and its images from a data set.")
final class DatasetImportCommand implements Callable<Integer> {

    @Option(
            names = "--format",
            required = true,
            description = "Layout of the source: ${COMPLETION-CANDIDATES}.",
            paramLabel = "FORMAT")
    private ImportFormat format;

    @Option(names = "--source", required = true, paramLabel = "DIR", description = "The data set; only read.")
    private Path source;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the scenes go.")
    private Path out;

    @Option(
            names = "--no-superpixels",
            description = "Leave out the source's own superpixel maps, so that new ones are made.")
    private boolean leaveOutSuperpixels;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter text = spec.commandLine().getOut();
        ImportReport report = importInto(text);
        report.skipped().forEach(skipped -> text.println("left out: " + skipped));
        text.printf(
                "%d scenes, %d frames in %s; %d frames left out%n",
                report.scenes(), report.frames(), out, report.skipped().size());
        text.flush();
        return 0;
    }

    private ImportReport importInto(PrintWriter text) throws IOException {
        try {
            return format.importer(!leaveOutSuperpixels).run(source, out, text::println);
        } catch (FileAlreadyExistsException e) {
            throw new InvalidInputException(
                    StageFailure.Reason.InvalidRequest,
                    e.getFile() + " is there already: give another --out, or remove that scene first",
                    e);
        }
    }
}
