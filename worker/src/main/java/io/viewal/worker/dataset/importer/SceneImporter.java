package io.viewal.worker.dataset.importer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Turns a data set in a layout of its own into scenes in the interchange form. */
public interface SceneImporter {

    /**
     * Writes {@code out/<scene>/transforms.json} and its images for every scene.
     *
     * @param source folder in this importer's layout; only read
     * @param out folder for the scenes; a scene that it holds already is not overwritten
     * @param progress told of each finished scene
     * @throws io.viewal.worker.InvalidInputException when the source breaks its layout's rules; names the file
     */
    ImportReport run(Path source, Path out, Consumer<String> progress) throws IOException;
}
