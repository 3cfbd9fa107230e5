package io.viewal.worker.cli;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.inspect.DatasetFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which scenes of which folder, at which size. */
final class ScenesOption {

    @Parameters(
            paramLabel = "DIR",
            description = "A folder of scenes with a transforms.json each, or of a prepared data set (manifest.json).")
    private Path folder;

    @Option(names = "--scene", paramLabel = "NAME", description = "This scene alone; may be given more than once.")
    private List<String> scenes;

    @Option(
            names = "--width",
            defaultValue = "320",
            description = "Width to read frames at (${DEFAULT-VALUE}); a prepared data set has its own size.")
    private int width;

    @Option(names = "--height", defaultValue = "240", description = "Height to read frames at (${DEFAULT-VALUE}).")
    private int height;

    DatasetFolder open() throws IOException {
        return DatasetFolder.open(folder, new ImageSize(width, height));
    }

    /** The scenes asked for; all when none is named. */
    List<String> names(DatasetFolder dataset) throws IOException {
        List<String> there = dataset.source().names();
        if (scenes == null) {
            return there;
        }
        for (String scene : scenes) {
            if (!there.contains(scene)) {
                throw new InvalidInputException(
                        Reason.InvalidRequest,
                        folder + " has no scene '" + scene + "', only "
                                + String.join(", ", there.subList(0, Math.min(10, there.size())))
                                + (there.size() > 10 ? " and " + (there.size() - 10) + " others" : ""));
            }
        }
        return scenes;
    }
}
