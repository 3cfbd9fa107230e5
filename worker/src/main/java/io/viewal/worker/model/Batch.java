package io.viewal.worker.model;

/**
 * The frames of one iteration.
 *
 * @param images float32 [N, 3, height, width], normalised
 * @param labels uint8 [N, height, width], 255 = ignored
 */
record Batch(float[] images, byte[] labels) {}
