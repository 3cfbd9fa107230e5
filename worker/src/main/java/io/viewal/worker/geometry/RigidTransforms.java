package io.viewal.worker.geometry;

import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.kernel.PairTransform;

/** Builds the {@link PairTransform} of two frames: {@code K_i · T_i⁻¹ · T_j · K_j⁻¹}. */
public final class RigidTransforms {

    private RigidTransforms() {}

    /** Where the pixels of a source frame land in a target frame. */
    public static PairTransform between(Frame source, Frame target) {
        double[] from = source.pose().matrix();
        double[] to = target.pose().matrix();
        double[] toLinear = linear(to);
        double[] inverse = inverse(toLinear);
        double[] relative = multiply(inverse, linear(from));
        double[] offset = apply(inverse, from[3] - to[3], from[7] - to[7], from[11] - to[11]);
        Intrinsics kj = source.intrinsics();
        Intrinsics ki = target.intrinsics();
        // Columns of K_j⁻¹ act on (xd, yd, d).
        double[] a = new double[9];
        for (int r = 0; r < 3; r++) {
            double x = relative[3 * r] / kj.fx();
            double y = relative[3 * r + 1] / kj.fy();
            a[3 * r] = x;
            a[3 * r + 1] = y;
            a[3 * r + 2] = relative[3 * r + 2] - x * kj.cx() - y * kj.cy();
        }
        double[] g = multiply(transpose(toLinear), toLinear);
        return new PairTransform(
                ki.fx() * a[0] + ki.cx() * a[6],
                ki.fx() * a[1] + ki.cx() * a[7],
                ki.fx() * a[2] + ki.cx() * a[8],
                ki.fx() * offset[0] + ki.cx() * offset[2],
                ki.fy() * a[3] + ki.cy() * a[6],
                ki.fy() * a[4] + ki.cy() * a[7],
                ki.fy() * a[5] + ki.cy() * a[8],
                ki.fy() * offset[1] + ki.cy() * offset[2],
                a[6],
                a[7],
                a[8],
                offset[2],
                ki.fx(),
                ki.fy(),
                ki.cx(),
                ki.cy(),
                g[0],
                g[1],
                g[2],
                g[4],
                g[5],
                g[8]);
    }

    private static double[] linear(double[] m) {
        return new double[] {m[0], m[1], m[2], m[4], m[5], m[6], m[8], m[9], m[10]};
    }

    private static double[] transpose(double[] m) {
        return new double[] {m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]};
    }

    private static double[] multiply(double[] a, double[] b) {
        double[] c = new double[9];
        for (int r = 0; r < 3; r++) {
            for (int k = 0; k < 3; k++) {
                c[3 * r + k] = a[3 * r] * b[k] + a[3 * r + 1] * b[3 + k] + a[3 * r + 2] * b[6 + k];
            }
        }
        return c;
    }

    private static double[] apply(double[] m, double x, double y, double z) {
        return new double[] {
            m[0] * x + m[1] * y + m[2] * z, m[3] * x + m[4] * y + m[5] * z, m[6] * x + m[7] * y + m[8] * z
        };
    }

    private static double[] inverse(double[] m) {
        double c0 = m[4] * m[8] - m[5] * m[7];
        double c1 = m[5] * m[6] - m[3] * m[8];
        double c2 = m[3] * m[7] - m[4] * m[6];
        double determinant = m[0] * c0 + m[1] * c1 + m[2] * c2;
        if (!(Math.abs(determinant) > 1e-9)) {
            throw new IllegalArgumentException("A pose's rotation has determinant " + determinant + ", expected 1");
        }
        double s = 1 / determinant;
        return new double[] {
            c0 * s, (m[2] * m[7] - m[1] * m[8]) * s, (m[1] * m[5] - m[2] * m[4]) * s,
            c1 * s, (m[0] * m[8] - m[2] * m[6]) * s, (m[2] * m[3] - m[0] * m[5]) * s,
            c2 * s, (m[1] * m[6] - m[0] * m[7]) * s, (m[0] * m[4] - m[1] * m[3]) * s
        };
    }
}
