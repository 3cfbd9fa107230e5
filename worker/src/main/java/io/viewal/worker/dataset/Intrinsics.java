package io.viewal.worker.dataset;

/**
 * Pinhole camera in pixels; integer coordinates are pixel centres.
 *
 * @param fx focal length along x
 * @param fy focal length along y
 * @param cx principal point, x
 * @param cy principal point, y
 */
public record Intrinsics(double fx, double fy, double cx, double cy) {

    public Intrinsics {
        if (!(fx > 0 && fy > 0 && Double.isFinite(fx) && Double.isFinite(fy))) {
            throw new IllegalArgumentException(
                    "Focal lengths " + fx + ", " + fy + ": both must be positive, finite numbers of pixels");
        }
        if (!(Double.isFinite(cx) && Double.isFinite(cy))) {
            throw new IllegalArgumentException("Principal point " + cx + ", " + cy + ": both must be finite");
        }
    }

    /** The same camera after its image was scaled; the centre scales with it, as in the published code. */
    public Intrinsics scaled(double sx, double sy) {
        return new Intrinsics(fx * sx, fy * sy, cx * sx, cy * sy);
    }
}
