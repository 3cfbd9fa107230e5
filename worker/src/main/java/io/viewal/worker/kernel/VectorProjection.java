package io.viewal.worker.kernel;

import java.util.Objects;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ScalarProjection} with the vector unit, in double precision too, so that both find the same hits but for points
 * within rounding (1e-12 relative) of a border. Points whose pixel lies outside the image never reach the scalar part.
 */
public final class VectorProjection implements Projection {

    private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> F =
            VectorSpecies.of(float.class, jdk.incubator.vector.VectorShape.forBitSize(D.vectorBitSize() / 2));
    private static final int LANES = D.length();
    private static final DoubleVector RAMP = DoubleVector.broadcast(D, 0).addIndex(1);

    @Override
    public int project(
            PairTransform p,
            ProjectionRule rule,
            float[] sourceDepth,
            float[] targetDepth,
            int width,
            int height,
            int fromRow,
            int toRow,
            int[] hits) {
        Objects.checkFromToIndex(fromRow, toRow, height);
        Row row = new Row(p, rule, sourceDepth, targetDepth, width, height, hits);
        int count = 0;
        for (int y = fromRow; y < toRow; y++) {
            count += row.project(y);
        }
        return count;
    }

    /** The invariants of a call. */
    private record Row(
            PairTransform p,
            ProjectionRule rule,
            float[] sourceDepth,
            float[] targetDepth,
            int width,
            int height,
            int[] hits) {

        int project(int y) {
            double[] px = new double[LANES];
            double[] py = new double[LANES];
            double[] pz = new double[LANES];
            double limit = rule.distance() * rule.distance();
            int base = y * width;
            int count = 0;
            for (int x = 0; x < width; x += LANES) {
                int lanes = Math.min(LANES, width - x);
                VectorMask<Double> inside = lanes == LANES ? D.maskAll(true) : D.indexInRange(0, lanes);
                DoubleVector d = depth(base + x, lanes);
                DoubleVector xd = RAMP.add(x).mul(d);
                DoubleVector yd = d.mul(y);
                DoubleVector z = affine(xd, yd, d, p.m20(), p.m21(), p.m22(), p.t2());
                DoubleVector u = affine(xd, yd, d, p.m00(), p.m01(), p.m02(), p.t0());
                DoubleVector v = affine(xd, yd, d, p.m10(), p.m11(), p.m12(), p.t1());
                inside = inside.and(inImage(u.div(z), width)).and(inImage(v.div(z), height));
                if (rule.requireInFront()) {
                    inside = inside.and(z.compare(VectorOperators.GT, 0));
                }
                if (rule.requireDepth()) {
                    inside = inside.and(d.compare(VectorOperators.GT, 0))
                            .and(d.compare(VectorOperators.LT, Double.POSITIVE_INFINITY));
                }
                for (int i = 0; i < lanes; i++) {
                    hits[base + x + i] = MISS;
                }
                long bits = inside.toLong();
                if (bits == 0) {
                    continue;
                }
                u.intoArray(px, 0);
                v.intoArray(py, 0);
                z.intoArray(pz, 0);
                for (; bits != 0; bits &= bits - 1) {
                    int i = Long.numberOfTrailingZeros(bits);
                    int target = test(px[i], py[i], pz[i], limit);
                    hits[base + x + i] = target;
                    count += target == MISS ? 0 : 1;
                }
            }
            return count;
        }

        private DoubleVector depth(int at, int lanes) {
            FloatVector d = lanes == LANES
                    ? FloatVector.fromArray(F, sourceDepth, at)
                    : FloatVector.fromArray(F, sourceDepth, at, F.indexInRange(0, lanes));
            return (DoubleVector) d.convertShape(VectorOperators.F2D, D, 0);
        }

        private static DoubleVector affine(
                DoubleVector xd, DoubleVector yd, DoubleVector d, double mx, double my, double mz, double t) {
            return xd.mul(mx).add(yd.mul(my)).add(d.mul(mz)).add(t);
        }

        /** A coordinate that may round into the image: half to even takes −0.5 to 0 and an even size − 0.5 to size. */
        private static VectorMask<Double> inImage(DoubleVector coordinate, int size) {
            return coordinate.compare(VectorOperators.GE, -0.5).and(coordinate.compare(VectorOperators.LT, size - 0.4));
        }

        private int test(double px, double py, double pz, double limit) {
            double u = Math.rint(px / pz);
            double v = Math.rint(py / pz);
            if (!(u >= 0 && u < width && v >= 0 && v < height)) {
                return MISS;
            }
            int target = (int) v * width + (int) u;
            double targetZ = targetDepth[target];
            if (rule.requireDepth() && !(targetZ > 0 && targetZ < Double.POSITIVE_INFINITY)) {
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
    }
}
