package io.viewal.worker.kernel;

/**
 * The reference: ViewAL, section 3.2, with its published code's rounding, in double precision. A point's pixel is
 * rounded half to even; NaN and infinite coordinates miss.
 */
public final class ScalarProjection implements Projection {

    @Override
    public int project(
            PairTransform pair,
            ProjectionRule rule,
            float[] sourceDepth,
            float[] targetDepth,
            int width,
            int height,
            int fromRow,
            int toRow,
            int[] hits) {
        int count = 0;
        double limit = rule.distance() * rule.distance();
        for (int y = fromRow; y < toRow; y++) {
            for (int x = 0; x < width; x++) {
                int source = y * width + x;
                int target = hit(pair, rule, limit, x, y, sourceDepth[source], targetDepth, width, height);
                hits[source] = target;
                count += target == MISS ? 0 : 1;
            }
        }
        return count;
    }

    private static int hit(
            PairTransform p,
            ProjectionRule rule,
            double limit,
            int x,
            int y,
            double depth,
            float[] targetDepth,
            int width,
            int height) {
        if (rule.requireDepth() && !known(depth)) {
            return MISS;
        }
        double xd = x * depth;
        double yd = y * depth;
        double pz = p.m20() * xd + p.m21() * yd + p.m22() * depth + p.t2();
        if (rule.requireInFront() && !(pz > 0)) {
            return MISS;
        }
        double px = p.m00() * xd + p.m01() * yd + p.m02() * depth + p.t0();
        double py = p.m10() * xd + p.m11() * yd + p.m12() * depth + p.t1();
        double u = Math.rint(px / pz);
        double v = Math.rint(py / pz);
        if (!(u >= 0 && u < width && v >= 0 && v < height)) {
            return MISS;
        }
        int target = (int) v * width + (int) u;
        double targetZ = targetDepth[target];
        if (rule.requireDepth() && !known(targetZ)) {
            return MISS;
        }
        double dx = (px - p.cx() * pz - (u - p.cx()) * targetZ) / p.fx();
        double dy = (py - p.cy() * pz - (v - p.cy()) * targetZ) / p.fy();
        double dz = pz - targetZ;
        double squared = p.g00() * dx * dx
                + p.g11() * dy * dy
                + p.g22() * dz * dz
                + 2 * (p.g01() * dx * dy + p.g02() * dx * dz + p.g12() * dy * dz);
        return squared < limit ? target : MISS;
    }

    private static boolean known(double depth) {
        return depth > 0 && depth < Double.POSITIVE_INFINITY;
    }
}
