package io.viewal.worker.cli;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.artifact.LabelSet.FrameKey;
import io.viewal.worker.dataset.Frame;
import io.viewal.worker.exchange.ClassTable;
import io.viewal.worker.exchange.LabelExchange;
import io.viewal.worker.stage.FolderDataset;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads labels of other programs. */
@Command(
        name = "import",
        description = {
            "Turn colour label maps, such as CVAT's Segmentation mask 1.1, into grey ones of class ids, which",
            "'viewal train --labels' reads. Their classes are found by name, their colours by labelmap.txt."
        })
final class LabelsImportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "<scene>/<frame>.png, in SegmentationClass or in the folder itself.")
    private Path folder;

    @Option(
            names = "--dataset",
            required = true,
            paramLabel = "DIR",
            description = "The prepared data set that they label (manifest.json).")
    private Path dataset;

    @Option(
            names = "--classes",
            paramLabel = "FILE",
            description = "Lines name:red,green,blue (default: labelmap.txt in the folder).")
    private Path classes;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "A new or an empty folder.")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        FolderDataset data = FolderDataset.open(dataset);
        Path table = classes == null ? folder.resolve(ClassTable.FILE) : classes;
        if (!Files.isRegularFile(table)) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "There is no table of classes " + table + ": give one with --classes, a line name:red,green,blue a"
                            + " class");
        }
        LabelExchange exchange = new LabelExchange(data.classes(), data.size());
        SortedMap<FrameKey, byte[]> maps =
                exchange.read(folder, ClassTable.read(Files.readString(table), table.toString()));
        for (FrameKey frame : maps.keySet()) {
            requireFrame(data, frame);
        }
        OutputFolder output = OutputFolder.begin(out).emptied();
        exchange.write(LabelExchange.Format.PNG, maps, output.partial());
        output.finish();
        PrintWriter text = spec.commandLine().getOut();
        text.printf("%d frames: %s; to train on them: viewal train --labels %s%n", maps.size(), out, out);
        text.flush();
        return 0;
    }

    private static void requireFrame(FolderDataset data, FrameKey key) {
        if (data.scene(key.scene()).frames().stream().map(Frame::name).noneMatch(key.frame()::equals)) {
            throw new InvalidInputException(
                    Reason.InvalidLabels,
                    "The scene '" + key.scene() + "' has no frame '" + key.frame()
                            + "' that the labels speak of: they are another data set's");
        }
    }
}
