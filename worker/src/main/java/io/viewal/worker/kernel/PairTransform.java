package io.viewal.worker.kernel;

/**
 * From the pixels of a source frame to those of a target frame: a source pixel (x, y) of depth d has the homogeneous
 * target pixel {@code (xd, yd, d) · [m00 … m22] + (t0, t1, t2)}, whose third coordinate is its depth there in metres.
 *
 * @param fx the target's focal length along x, in pixels
 * @param fy along y
 * @param cx the target's principal point, x
 * @param cy y
 * @param g00 metric of the target's camera axes in the world: the squared world length of the camera vector v is
 *     {@code vᵀGv}; the identity for an exact rotation
 */
public record PairTransform(
        double m00,
        double m01,
        double m02,
        double t0,
        double m10,
        double m11,
        double m12,
        double t1,
        double m20,
        double m21,
        double m22,
        double t2,
        double fx,
        double fy,
        double cx,
        double cy,
        double g00,
        double g01,
        double g02,
        double g11,
        double g12,
        double g22) {}
