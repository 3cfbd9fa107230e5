package io.viewal.worker.kernel;

import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * The reference: ViewAL, section 3.2, with its published code's rounding, in double precision. A point's pixel is
 * rounded half to even; NaN and infinite coordinates miss.
 */
public final class ScalarProjection implements Projection {

    private static final int MISS = -1;

    @Override
    public void project(FramePair pair, List<PixelBlock> source, Hits hits) {
        source.forEach(block -> project(pair, block, hits));
    }

    private static void project(FramePair pair, PixelBlock source, Hits hits) {
        source.requireIn(pair.width(), pair.height());
        hits.reserve(source.size());
        int count = hits.count();
        for (int y = source.fromRow(); y < source.toRow(); y++) {
            for (int x = source.fromColumn(); x < source.toColumn(); x++) {
                int target = hit(pair, x, y);
                if (target != MISS) {
                    hits.points()[count] = hits.firstPoint() + y * pair.width() + x;
                    hits.pixels()[count++] = target;
                }
            }
        }
        hits.count(count);
    }

    private static int hit(FramePair pair, int x, int y) {
        PairTransform p = pair.transform();
        ProjectionRule rule = pair.rule();
        PixelBlock block = pair.target();
        double depth = pair.sourceDepth().getAtIndex(ValueLayout.JAVA_FLOAT, y * pair.width() + x);
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
        double inverse = 1 / pz;
        double u = Math.rint(px * inverse);
        double v = Math.rint(py * inverse);
        if (!(u >= block.fromColumn() && u < block.toColumn() && v >= block.fromRow() && v < block.toRow())) {
            return MISS;
        }
        int target = ((int) v - block.fromRow()) * block.columns() + (int) u - block.fromColumn();
        double targetZ = pair.targetDepth()[target];
        if (rule.requireDepth() && !known(targetZ)) {
            return MISS;
        }
        double dx = (px - p.cx() * pz - (u - p.cx()) * targetZ) * (1 / p.fx());
        double dy = (py - p.cy() * pz - (v - p.cy()) * targetZ) * (1 / p.fy());
        double dz = pz - targetZ;
        double squared = p.g00() * dx * dx
                + p.g11() * dy * dy
                + p.g22() * dz * dz
                + 2 * (p.g01() * dx * dy + p.g02() * dx * dz + p.g12() * dy * dz);
        return squared < rule.distance() * rule.distance() ? target : MISS;
    }

    private static boolean known(double depth) {
        return depth > 0 && depth < Double.POSITIVE_INFINITY;
    }
}
