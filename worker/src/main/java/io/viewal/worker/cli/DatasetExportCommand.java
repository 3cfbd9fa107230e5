package io.viewal.worker.cli;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.inspect.DatasetFolder;
import io.viewal.worker.dataset.interchange.SceneExport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Turns a prepared data set back into scenes with a {@code transforms.json} each. */
@Command(
        name = "export",
        description = {
            "Write OUT/<scene>/transforms.json and images from a data set, a prepared one for example: for other programs,",
            "or to change labels by hand. Reading it again gives the same frames, depth rounded to its unit."
        })
final class DatasetExportCommand implements Callable<Integer> {

    @Mixin
    private ScenesOption scenes;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the scenes go.")
    private Path out;

    @Option(
            names = "--depth-scale",
            defaultValue = "0.001",
            paramLabel = "METRES",
            description = "What a depth unit is to be (${DEFAULT-VALUE}); depth reaches to 65535 of them.")
    private double depthScale;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!(depthScale > 0)) {
            throw new InvalidInputException(
                    Reason.InvalidRequest, "--depth-scale is " + depthScale + ", expected metres above 0");
        }
        PrintWriter text = spec.commandLine().getOut();
        DatasetFolder dataset = scenes.open();
        ImageSize size = dataset.size();
        SceneExport export = new SceneExport(dataset.classes(), size, depthScale);
        List<String> names = scenes.names(dataset);
        for (String name : names) {
            try {
                int frames = export.write(dataset.scene(name), out.resolve(name));
                text.printf("%s: %d frames of %s%n", name, frames, size);
                text.flush();
            } catch (FileAlreadyExistsException e) {
                throw new InvalidInputException(
                        Reason.InvalidRequest,
                        e.getFile() + " is there already: give another --out, or remove that scene first",
                        e);
            }
        }
        text.printf("%d scenes in %s%n", names.size(), out);
        text.flush();
        return 0;
    }
}
