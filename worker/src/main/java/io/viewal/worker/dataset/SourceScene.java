package io.viewal.worker.dataset;

import java.io.IOException;
import java.util.List;

/** A scene on its way into a prepared data set; read frame by frame, from several threads. */
public interface SourceScene {

    /** Unique in its data set; a {@linkplain SafeName safe name}. */
    String name();

    /** Frame names, sorted, unique and safe. */
    List<String> frameNames();

    /** True when the frame has a label map. */
    boolean hasLabels(int frame);

    /** SHA-256 of all that the scene is made of: equal scenes have equal ones, and another content has another. */
    String digest() throws IOException;

    /**
     * Reads a frame and brings it to the working size.
     *
     * @throws io.viewal.worker.InvalidInputException when the frame is wrong; says scene, frame and file
     */
    SourceFrame read(int frame) throws IOException;
}
