package io.viewal.worker.kernel;

/**
 * When a projected point hits.
 *
 * @param distance a point hits a pixel when its world distance to that pixel's own point is below this, in metres
 * @param requireInFront a point behind the target's camera (z ≤ 0) hits nothing; the published code has no such test
 * @param requireDepth pixels without a positive, finite depth are neither points nor targets; the published code takes
 *     depth 0 for a point at the camera's centre
 */
public record ProjectionRule(double distance, boolean requireInFront, boolean requireDepth) {

    public ProjectionRule {
        if (!(distance > 0) || Double.isInfinite(distance)) {
            throw new IllegalArgumentException(
                    "Distance threshold " + distance + ": expected a positive, finite number of metres");
        }
    }
}
