package io.viewal.worker.dataset.importer.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Finds the scenes of a data set that has a layout of its own. */
public interface SceneImporter {

    /**
     * The scenes of a data set, in an order of the importer's; no image is read yet.
     *
     * @param source folder or file in this importer's layout; only read
     * @return at least one scene
     * @throws io.viewal.worker.InvalidInputException when the source does not have this layout; says what was expected
     */
    List<ForeignScene> scenes(Path source, SourceOptions options) throws IOException;
}
