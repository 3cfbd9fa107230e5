package io.viewal.worker.dataset.interchange;

import io.viewal.worker.dataset.ImageSize;

/**
 * A decoded colour image.
 *
 * @param rgb uint8 [height, width, 3]
 */
public record ColorImage(ImageSize size, byte[] rgb) {}
