package io.viewal.worker.dataset;

import java.util.Objects;

/**
 * All of one frame at the working size; the arrays are the record's own from then on.
 *
 * @param frame name and camera
 * @param color uint8 [height, width, 3], RGB
 * @param depth float32 [height, width], metres along the camera's axis, 0 = unknown
 * @param labels uint8 [height, width], 255 = void; null when the frame has none
 * @param superpixels uint16 [height, width], ids from 0
 */
public record PreparedFrame(Frame frame, byte[] color, float[] depth, byte[] labels, char[] superpixels) {

    public PreparedFrame {
        Objects.requireNonNull(frame, "frame");
    }

    /** @throws IllegalArgumentException when an array has not the length that the size asks for */
    void requireSize(ImageSize size) {
        int pixels = size.pixels();
        boolean fits = color.length == pixels * 3
                && depth.length == pixels
                && superpixels.length == pixels
                && (labels == null || labels.length == pixels);
        if (!fits) {
            throw new IllegalArgumentException("Arrays of frame " + frame.name() + " are not of size " + size);
        }
    }
}
