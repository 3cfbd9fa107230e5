package io.viewal.worker.dataset.importer.source;

/** Rigid transforms as layouts write them, as 4 × 4 row-major matrices. */
public final class Rotations {

    private static final double UNIT = 0.01;

    private Rotations() {}

    /**
     * The transform that rotates by a quaternion, then moves.
     *
     * @param x imaginary parts first, as TUM writes them; COLMAP writes {@code w} first
     * @throws IllegalArgumentException when the quaternion is not of length 1
     */
    public static double[] ofQuaternion(double x, double y, double z, double w, double tx, double ty, double tz) {
        double length = Math.sqrt(x * x + y * y + z * z + w * w);
        if (!(Math.abs(length - 1) <= UNIT)) {
            throw new IllegalArgumentException("the quaternion has length " + length + ", expected 1");
        }
        double s = 2 / (length * length);
        return new double[] {
            1 - s * (y * y + z * z),
            s * (x * y - z * w),
            s * (x * z + y * w),
            tx,
            s * (x * y + z * w),
            1 - s * (x * x + z * z),
            s * (y * z - x * w),
            ty,
            s * (x * z - y * w),
            s * (y * z + x * w),
            1 - s * (x * x + y * y),
            tz,
            0,
            0,
            0,
            1
        };
    }

    /** The inverse of a rotation and a translation. */
    public static double[] inverse(double[] m) {
        double[] inverse = new double[16];
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                inverse[4 * r + c] = m[4 * c + r];
                inverse[4 * r + 3] -= m[4 * c + r] * m[4 * c + 3];
            }
        }
        inverse[15] = 1;
        return inverse;
    }

    /**
     * Camera → world of a camera that looks from one point at another, with axes x right, y down, z forward.
     *
     * @param up of the world; must not be the direction of sight
     */
    public static double[] lookingAt(double[] eye, double[] target, double[] up) {
        double[] forward = normalized(new double[] {target[0] - eye[0], target[1] - eye[1], target[2] - eye[2]});
        double[] right = normalized(cross(forward, up));
        double[] down = cross(forward, right);
        return new double[] {
            right[0],
            down[0],
            forward[0],
            eye[0],
            right[1],
            down[1],
            forward[1],
            eye[1],
            right[2],
            down[2],
            forward[2],
            eye[2],
            0,
            0,
            0,
            1
        };
    }

    private static double[] cross(double[] a, double[] b) {
        return new double[] {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    }

    private static double[] normalized(double[] v) {
        double length = Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
        return new double[] {v[0] / length, v[1] / length, v[2] / length};
    }
}
