package io.viewal.worker.dataset;

import java.io.IOException;
import java.util.List;

/** Scenes that can be prepared, wherever they come from. */
public interface SourceScenes {

    /** Names of the scenes, sorted; at least one. */
    List<String> names() throws IOException;

    /**
     * Class names in id order, as the source gives them; empty when it gives none.
     *
     * @throws io.viewal.worker.InvalidInputException when two scenes differ
     */
    List<String> classes() throws IOException;

    /** False when the frames of a scene are known only once it is read as a whole. */
    default boolean knowsFrames() {
        return true;
    }

    /**
     * Opens a scene without reading its images.
     *
     * @param size that frames are brought to
     * @param classes number of classes; labels at or above it are refused
     * @throws io.viewal.worker.InvalidInputException when the scene's description is wrong
     */
    SourceScene open(String name, ImageSize size, int classes) throws IOException;
}
