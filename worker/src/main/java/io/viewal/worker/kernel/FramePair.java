package io.viewal.worker.kernel;

/**
 * A source frame, a target frame, and when a point of the first hits a pixel of the second.
 *
 * @param sourceDepth float32 [height, width], metres
 * @param targetDepth float32 [height, width], metres
 */
public record FramePair(
        PairTransform transform,
        ProjectionRule rule,
        float[] sourceDepth,
        float[] targetDepth,
        int width,
        int height) {}
