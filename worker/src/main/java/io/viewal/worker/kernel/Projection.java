package io.viewal.worker.kernel;

/** Where the points of a source frame land in a target frame. */
public interface Projection {

    /** The target of a point that hits nothing. */
    int MISS = -1;

    /**
     * Projects the source pixels of rows {@code fromRow} to {@code toRow − 1}.
     *
     * @param sourceDepth float32 [height, width], metres
     * @param targetDepth float32 [height, width], metres
     * @param hits overwritten for those rows: the index of the target pixel, or {@link #MISS}; int32 [height, width]
     * @return how many points hit
     */
    int project(
            PairTransform pair,
            ProjectionRule rule,
            float[] sourceDepth,
            float[] targetDepth,
            int width,
            int height,
            int fromRow,
            int toRow,
            int[] hits);
}
