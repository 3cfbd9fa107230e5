package io.viewal.worker.dataset.synthetic;

import io.viewal.worker.dataset.ImageSize;

/**
 * A frame as it truly is, before any sensor saw it.
 *
 * @param light linear RGB, float32 [height, width, 3]
 * @param depth float32 [height, width], metres along the axis
 * @param labels uint8 [height, width], 255 = void
 * @param facing float32 [height, width], cosine between the line of sight and the normal; 0 where a surface mirrors or
 *     lets light through, which a depth sensor can't see either
 */
record Rendering(ImageSize size, float[] light, float[] depth, byte[] labels, float[] facing) {

    Rendering(ImageSize size) {
        this(
                size,
                new float[size.pixels() * 3],
                new float[size.pixels()],
                new byte[size.pixels()],
                new float[size.pixels()]);
    }
}
