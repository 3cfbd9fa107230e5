package io.viewal.worker.cli;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.artifact.LabelSet.FrameKey;
import io.viewal.worker.exchange.LabelExchange;
import io.viewal.worker.stage.FolderDataset;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes labels for other programs. */
@Command(name = "export", description = "Write the labels of a label set in a form that other programs read.")
final class LabelsExportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "A label-set.zip, as PREPARE and LABEL write it.")
    private Path labelSet;

    @Option(
            names = "--dataset",
            required = true,
            paramLabel = "DIR",
            description = "The prepared data set that it labels (manifest.json).")
    private Path dataset;

    @Option(
            names = "--format",
            defaultValue = "png",
            description = "png (grey, class ids), cvat (Segmentation mask 1.1) or coco (${DEFAULT-VALUE}).")
    private LabelExchange.Format format;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "A new or an empty folder.")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        FolderDataset data = FolderDataset.open(dataset);
        if (!Files.isRegularFile(labelSet)) {
            throw new InvalidInputException(Reason.InvalidRequest, "There is no label set " + labelSet);
        }
        LabelSet labels = LabelSet.read(labelSet, data.size());
        SortedMap<FrameKey, byte[]> maps = new TreeMap<>();
        labels.frames().forEach(frame -> maps.put(frame, labels.labels(frame)));
        OutputFolder folder = OutputFolder.begin(out).emptied();
        new LabelExchange(data.classes(), data.size()).write(format, maps, folder.partial());
        folder.finish();
        PrintWriter text = spec.commandLine().getOut();
        text.printf("%d frames: %s%n", maps.size(), out);
        text.flush();
        return 0;
    }
}
