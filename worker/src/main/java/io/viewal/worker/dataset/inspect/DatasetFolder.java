package io.viewal.worker.dataset.inspect;

import io.viewal.contract.Stage;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.SourceScenes;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.dataset.interchange.DirectorySceneSource;
import io.viewal.worker.dataset.interchange.TransformsScenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A data set in a folder: a prepared one (with a {@code manifest.json}), or scenes in the interchange form.
 *
 * @param name of the folder; of a prepared data set in a store, {@code <name>-<uid>/prepare/<attempt>}, its own
 * @param source its scenes
 * @param size that the frames have, or are brought to
 * @param classes names in id order; empty when it names none
 */
public record DatasetFolder(String name, SourceScenes source, ImageSize size, List<String> classes) {

    /**
     * Opens a folder.
     *
     * @param size that frames in the interchange form are brought to; a prepared data set keeps its own
     * @throws InvalidInputException when it is no such folder, or its scenes have different classes
     */
    public static DatasetFolder open(Path folder, ImageSize size) throws IOException {
        SourceScenes source = source(folder);
        return new DatasetFolder(
                name(folder.toAbsolutePath().normalize()), source, size(source, size), source.classes());
    }

    /** The size of a source's frames when they are asked for at another: prepared ones keep their own. */
    static ImageSize size(SourceScenes source, ImageSize asked) {
        return source instanceof PreparedScenes prepared ? prepared.size() : asked;
    }

    private static String name(Path folder) {
        boolean attempt = folder.getNameCount() > 2 && folder.getParent().endsWith(Stage.PREPARE.key());
        Path named = attempt ? folder.getParent().getParent() : folder;
        return named.getFileName() == null ? "Data set" : named.getFileName().toString();
    }

    static SourceScenes source(Path folder) throws IOException {
        Path manifest = folder.resolve(DatasetManifest.FILE);
        return Files.exists(manifest)
                ? new PreparedScenes(folder, DatasetManifest.read(Files.readAllBytes(manifest)))
                : new TransformsScenes(new DirectorySceneSource(folder));
    }

    /** Opens a scene; without a class list every id is taken as it is. */
    public SourceScene scene(String name) throws IOException {
        return source.open(name, size, classes.isEmpty() ? VoidLabel.ID : classes.size());
    }
}
