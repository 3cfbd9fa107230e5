package io.viewal.worker.dataset;

/**
 * A frame at the working size, before superpixels; the arrays are the record's own.
 *
 * @param frame name and camera
 * @param color uint8 [height, width, 3], RGB
 * @param depth float32 [height, width], metres along the camera's axis, 0 = unknown
 * @param labels uint8 [height, width], 255 = void; null when the frame has none
 * @param superpixels uint16 [height, width] that the source brings; null when they are to be made
 */
public record SourceFrame(Frame frame, byte[] color, float[] depth, byte[] labels, char[] superpixels) {}
