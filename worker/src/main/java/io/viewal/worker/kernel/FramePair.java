package io.viewal.worker.kernel;

import java.lang.foreign.MemorySegment;

/**
 * A source frame, a block of a target frame, and when a point of the first hits a pixel of the second.
 *
 * @param width of a frame, in pixels
 * @param height of a frame, in pixels
 * @param sourceDepth float32 [height, width], metres
 * @param target in which points may land
 * @param targetDepth float32 [target.rows, target.columns], metres
 */
public record FramePair(
        PairTransform transform,
        ProjectionRule rule,
        int width,
        int height,
        MemorySegment sourceDepth,
        PixelBlock target,
        float[] targetDepth) {}
