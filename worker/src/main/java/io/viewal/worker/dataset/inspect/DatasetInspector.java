package io.viewal.worker.dataset.inspect;

import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.SourceScenes;
import io.viewal.worker.dataset.VoidLabel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads every frame of a data set and gathers figures and problems; goes on after a problem. Takes a prepared data set (a
 * folder with a {@code manifest.json}) or scenes in the interchange form.
 */
public final class DatasetInspector {

    private final SourceScenes source;
    private final ImageSize size;
    private final List<String> classes;
    private final List<String> problems;
    private final SuperpixelCeiling ceiling = new SuperpixelCeiling();

    private DatasetInspector(SourceScenes source, ImageSize size) throws IOException {
        this.source = source;
        this.size = size;
        List<String> found = List.of();
        List<String> wrong = List.of();
        try {
            found = source.classes();
        } catch (InvalidInputException e) {
            wrong = List.of(e.getMessage());
        }
        this.classes = found;
        this.problems = wrong;
    }

    /**
     * Opens a folder.
     *
     * @param size that frames in the interchange form are brought to; a prepared data set keeps its own
     * @throws InvalidInputException when it is no folder
     */
    public static DatasetInspector open(Path folder, ImageSize size) throws IOException {
        SourceScenes source = DatasetFolder.source(folder);
        return new DatasetInspector(source, DatasetFolder.size(source, size));
    }

    /** Names of the scenes, sorted. */
    public List<String> scenes() throws IOException {
        return source.names();
    }

    /** What is wrong with the data set as a whole, a sentence each. */
    public List<String> problems() {
        return problems;
    }

    /** Class names in id order; empty when the data set names none, or no clear list. */
    public List<String> classes() {
        return classes;
    }

    /**
     * The best mean intersection over union that labels of whole superpixels allow, over the scenes inspected so far; NaN
     * when no frame had labels and superpixels.
     */
    public double superpixelMeanIoU() {
        return ceiling.meanIoU();
    }

    /** Size that the frames have, or are brought to. */
    public ImageSize size() {
        return size;
    }

    /**
     * Reads a scene.
     *
     * @param samples frames to hand out, spread evenly
     * @param sample given each of them
     */
    public SceneReport inspect(String name, int samples, Consumer<SourceFrame> sample) throws IOException {
        SceneFigures figures = new SceneFigures(ceiling);
        SourceScene scene;
        try {
            // Without a class list every id is taken as it is.
            scene = source.open(name, size, classes.isEmpty() ? VoidLabel.ID : classes.size());
        } catch (InvalidInputException e) {
            figures.problem(e.getMessage());
            return figures.report(name, 0, 0);
        }
        int frames = scene.frameNames().size();
        int labeled = 0;
        for (int i = 0; i < frames; i++) {
            labeled += scene.hasLabels(i) ? 1 : 0;
            try {
                SourceFrame frame = scene.read(i);
                figures.add(frame);
                // The first frame of each of as many equal parts.
                if (samples > 0 && (i == 0 || (long) i * samples / frames != (i - 1L) * samples / frames)) {
                    sample.accept(frame);
                }
            } catch (InvalidInputException e) {
                figures.problem(e.getMessage());
            }
        }
        return figures.report(name, frames, labeled);
    }
}
