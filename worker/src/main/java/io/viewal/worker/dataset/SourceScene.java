package io.viewal.worker.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** A scene on its way into a prepared data set; read frame by frame, from several threads. */
public interface SourceScene extends Closeable {

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

    /** What belongs to the scene but is none of its frames, since it is broken or its layout marks it as unusable. */
    default List<LeftOut> leftOut() {
        return List.of();
    }

    /** Removes what was laid on the disk to read the scene. */
    @Override
    default void close() throws IOException {}
}
