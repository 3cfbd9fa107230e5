package io.viewal.worker.dataset.importer.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A scene in a foreign layout. */
public interface ForeignScene {

    /** Name that the scene is written under; a {@linkplain io.viewal.worker.dataset.SafeName safe name}. */
    String name();

    /** The files and folders that the scene is read from: it becomes something else only when one of them changes. */
    List<Path> files() throws IOException;

    /**
     * Opens the scene.
     *
     * @throws io.viewal.worker.InvalidInputException when its description breaks the layout's rules; names the file
     */
    ForeignFrames open() throws IOException;
}
