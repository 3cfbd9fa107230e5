package io.viewal.worker.dataset;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * The posed frames of one scene at the working size. Frames are addressed by their index in {@link #frames()}; each call
 * returns a fresh array that the caller may change. Implementations are safe for use by several threads.
 */
public interface Scene {

    /** Unique in its data set; letters, digits and {@code . _ -} alone. */
    String name();

    /** Size of every frame. */
    ImageSize size();

    /** Names and cameras, in the order of the scene's arrays. */
    List<Frame> frames();

    /** Colour of a frame: uint8 [height, width, 3], red first. */
    byte[] color(int frame);

    /** Distance from the camera along its axis: float32 [height, width] in metres; 0 where unknown. */
    default float[] depth(int frame) {
        return depthInPlace(frame).toArray(ValueLayout.JAVA_FLOAT);
    }

    /** {@link #depth} where it lies: to be read, not changed. */
    MemorySegment depthInPlace(int frame);

    /** True when the source has labels for at least one frame. */
    boolean hasLabels();

    /** Class ids: uint8 [height, width]; {@link VoidLabel#ID} where there is none, everywhere if the source has none. */
    byte[] labels(int frame);

    /** Superpixel ids: uint16 [height, width], 0 to the frame's number of superpixels − 1, each present. */
    char[] superpixels(int frame);
}
