package io.viewal.worker.kernel;

/**
 * When a projected point hits.
 *
 * @param distance a point hits a pixel when its world distance to that pixel's own point is below this, in metres
 * @param requireInFront a point behind the target's camera (z ≤ 0) hits nothing; the published code has no such test
 * @param unknownDepth what is done with pixels without a positive, finite depth
 */
public record ProjectionRule(double distance, boolean requireInFront, UnknownDepth unknownDepth) {

    /** What is done with a pixel whose depth is 0, negative, infinite or NaN. */
    public enum UnknownDepth {
        /** Depth 0 is a point at the camera's centre, and a target there: the published code. */
        AT_THE_CAMERA,

        /** The pixel is neither point nor target, so that nothing hits it. */
        NO_POINT,

        /** The pixel is neither point nor target but hits itself, so that its own frame is its only view. */
        OWN_VIEW
    }

    public ProjectionRule {
        if (!(distance > 0) || Double.isInfinite(distance)) {
            throw new IllegalArgumentException(
                    "Distance threshold " + distance + ": expected a positive, finite number of metres");
        }
    }

    /** Whether pixels of unknown depth are no points. */
    public boolean requireDepth() {
        return unknownDepth != UnknownDepth.AT_THE_CAMERA;
    }
}
