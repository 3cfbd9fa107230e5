package io.viewal.worker.cli;

import io.viewal.contract.PrepareParameters;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.stage.DatasetScenes;
import io.viewal.worker.stage.FolderDataset;
import io.viewal.worker.stage.InterchangeDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A data set whose scenes are trained on or measured. */
final class DatasetOption {

    @Option(
            names = "--dataset",
            required = true,
            paramLabel = "DIR",
            description = "A prepared data set (manifest.json), or a folder of scenes with a transforms.json each.")
    private Path folder;

    @Option(
            names = "--width",
            paramLabel = "PIXELS",
            description =
                    "Of scenes with a transforms.json: the width to bring frames to (default: the model's, or 320).")
    private Integer width;

    @Option(
            names = "--height",
            paramLabel = "PIXELS",
            description = "Likewise the height (default: the model's, or 240).")
    private Integer height;

    @Option(
            names = "--validation-scenes",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Of scenes with a transforms.json: those that validate, separated by commas (default: a fifth, "
                            + "by name order, as a data set's splits).")
    private List<String> validation = List.of();

    @Option(
            names = "--test-scenes",
            split = ",",
            paramLabel = "NAME",
            description = "Likewise those that test (default: the last fifth). All others train.")
    private List<String> test = List.of();

    Path folder() {
        return folder;
    }

    /**
     * Opens the data set.
     *
     * @param own size that scenes with a {@code transforms.json} are brought to when none is given; empty: the default
     * @param seedSet of such scenes
     * @param work where prepared scenes are kept; made when the first one is
     * @throws InvalidInputException when there is no data set, or an option does not go with it
     */
    DatasetScenes open(
            Optional<ImageSize> own, PrepareParameters.SeedSet seedSet, Path work, InterchangeDataset.Listener listener)
            throws IOException {
        if (!Files.isDirectory(folder)) {
            throw invalid(
                    "--dataset '" + folder + "' is no folder, expected a prepared data set or a folder of scenes");
        }
        if (FolderDataset.isPrepared(folder)) {
            if (width != null || height != null || !validation.isEmpty() || !test.isEmpty()) {
                throw invalid("The data set in " + folder + " is prepared and has its own size and splits: leave out"
                        + " --width, --height, --validation-scenes and --test-scenes");
            }
            return FolderDataset.open(folder);
        }
        ImageSize size = size(
                Optional.ofNullable(width).or(() -> own.map(ImageSize::width)),
                Optional.ofNullable(height).or(() -> own.map(ImageSize::height)));
        PrepareParameters parameters = parameters(
                size.width(), size.height(), new PrepareParameters.Splits(null, validation, test, 0, 0), seedSet);
        return new InterchangeDataset(folder, parameters, work, listener);
    }

    /** The size that frames are brought to; what is not given is a data set's default. */
    static ImageSize size(Optional<Integer> width, Optional<Integer> height) {
        PrepareParameters parameters = parameters(width.orElse(0), height.orElse(0), null, null);
        return new ImageSize(parameters.width(), parameters.height());
    }

    private static PrepareParameters parameters(
            int width, int height, PrepareParameters.Splits splits, PrepareParameters.SeedSet seedSet) {
        return new PrepareParameters(null, null, null, width, height, null, splits, seedSet, null, null, null, null);
    }

    private static InvalidInputException invalid(String sentence) {
        return new InvalidInputException(Reason.InvalidRequest, sentence);
    }
}
