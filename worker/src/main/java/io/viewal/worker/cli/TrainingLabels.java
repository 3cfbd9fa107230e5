package io.viewal.worker.cli;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.artifact.GreyPng;
import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.artifact.LabelSet.FrameKey;
import io.viewal.worker.dataset.Split;
import io.viewal.worker.model.TrainingSet;
import io.viewal.worker.stage.DatasetScenes;
import io.viewal.worker.stage.SceneFrames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The labels to train on, by the text of {@code --labels}. */
final class TrainingLabels {

    /** The frames that are labeled before a data set's first round. */
    private static final String SEED = "seed";

    /** All of the train split. */
    private static final String ALL = "all";

    private TrainingLabels() {}

    /**
     * The labeled frames of a data set.
     *
     * @param source {@code seed}, {@code all}, a label set as LABEL writes it, or a folder of label maps
     * @throws InvalidInputException when it is none of them, or speaks of frames that the data set does not have
     */
    static TrainingSet of(String source, DatasetScenes dataset) throws IOException {
        Path path = Path.of(source);
        TrainingSet labels;
        if (source.equals(SEED)) {
            labels = SceneFrames.of(dataset, dataset.seedFrames());
        } else if (source.equals(ALL)) {
            labels = SceneFrames.of(dataset, Split.TRAIN);
        } else if (Files.isRegularFile(path)) {
            labels = SceneFrames.labeled(dataset, LabelSet.read(path, dataset.size()));
        } else if (Files.isDirectory(path)) {
            labels = SceneFrames.labeled(dataset, folder(path, dataset));
        } else {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "--labels is '" + source
                            + "', which is no file and no folder: expected a label-set.zip, a folder with"
                            + " <scene>/<frame>.png, 'seed' or 'all'");
        }
        if (labels.size() == 0) {
            throw new InvalidInputException(
                    Reason.InvalidLabels, "--labels " + source + " has no labeled frame, expected at least one");
        }
        return labels;
    }

    /** Reads {@code <scene>/<frame>.png}: 8-bit grey, class ids, 255 = none. */
    private static LabelSet folder(Path folder, DatasetScenes dataset) throws IOException {
        LabelSet labels = new LabelSet(dataset.size());
        for (Path scene : content(folder)) {
            if (Files.isDirectory(scene)) {
                for (Path file : content(scene)) {
                    String name = file.getFileName().toString();
                    if (name.endsWith(".png")) {
                        FrameKey frame = new FrameKey(
                                scene.getFileName().toString(), name.substring(0, name.length() - ".png".length()));
                        byte[] map = GreyPng.decode(Files.readAllBytes(file), dataset.size(), "The label map " + file);
                        labels.add(List.of(), frame, map);
                    }
                }
            }
        }
        return labels;
    }

    private static List<Path> content(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(files.sorted().toList());
        }
    }
}
