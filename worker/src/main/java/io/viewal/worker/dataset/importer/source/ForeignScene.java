package io.viewal.worker.dataset.importer.source;

import java.io.IOException;

/** A scene in a foreign layout. */
public interface ForeignScene {

    /** Name that the scene is written under; a {@linkplain io.viewal.worker.dataset.SafeName safe name}. */
    String name();

    /**
     * Opens the scene.
     *
     * @throws io.viewal.worker.InvalidInputException when its description breaks the layout's rules; names the file
     */
    ForeignFrames open() throws IOException;
}
