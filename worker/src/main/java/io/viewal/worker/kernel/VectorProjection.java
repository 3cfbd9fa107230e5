package io.viewal.worker.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ScalarProjection} with the vector unit: the same operations in the same order in double precision, so that both
 * find the same hits. Vectors of points that all miss the image are left early, by comparisons without a division.
 */
public final class VectorProjection implements Projection {

    private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
    private static final VectorShape HALF = VectorShape.forBitSize(D.vectorBitSize() / 2);
    private static final VectorSpecies<Float> F = VectorSpecies.of(float.class, HALF);
    private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, HALF);
    private static final int LANES = D.length();

    /** Adding and subtracting it rounds a double below 2⁵¹ to a whole number, half to even. */
    private static final double ROUNDER = 0x1.8p52;

    @Override
    public void project(FramePair pair, PixelBlock source, int fromRow, int toRow, Hits hits) {
        source.requireIn(pair.width(), pair.height());
        hits.reserve(source.size() + LANES);
        int count = hits.count();
        Target target = new Target(pair, fromRow, toRow, new int[LANES]);
        for (int y = source.fromRow(); y < source.toRow(); y++) {
            count = row(target, source, y, hits, count);
        }
        hits.count(count);
    }

    /** What does not change in a call. */
    private record Target(FramePair pair, int fromRow, int toRow, int[] index) {}

    private static int row(Target target, PixelBlock source, int y, Hits hits, int first) {
        FramePair pair = target.pair();
        PairTransform p = pair.transform();
        boolean inFront = pair.rule().requireInFront();
        boolean known = pair.rule().requireDepth();
        float[] depth = pair.sourceDepth();
        DoubleVector ramp = DoubleVector.broadcast(D, 0).addIndex(1);
        int base = y * pair.width();
        int count = first;
        for (int x = source.fromColumn(); x < source.toColumn(); x += LANES) {
            VectorMask<Float> lanes = F.indexInRange(x, source.toColumn());
            DoubleVector d = widened(FloatVector.fromArray(F, depth, base + x, lanes));
            DoubleVector xd = ramp.add(x).mul(d);
            DoubleVector yd = d.mul(y);
            DoubleVector z = affine(xd, yd, d, p.m20(), p.m21(), p.m22(), p.t2());
            DoubleVector u = affine(xd, yd, d, p.m00(), p.m01(), p.m02(), p.t0());
            DoubleVector v = affine(xd, yd, d, p.m10(), p.m11(), p.m12(), p.t1());
            VectorMask<Double> inside = lanes.cast(D);
            if (known) {
                inside = inside.and(known(d));
            }
            if (inFront) {
                inside = inside.and(z.compare(VectorOperators.GT, 0))
                        .and(near(u, z, 0, pair.width()))
                        .and(near(v, z, target.fromRow(), target.toRow()));
                if (!inside.anyTrue()) {
                    continue;
                }
            }
            count = test(target, u, v, z, inside, hits, base + x, count);
        }
        return count;
    }

    /** Whether a coordinate may round into the range; a hundredth of a pixel is far more than a product's rounding. */
    private static VectorMask<Double> near(DoubleVector scaled, DoubleVector z, int from, int to) {
        return scaled.compare(VectorOperators.GE, z.mul(from - 0.51))
                .and(scaled.compare(VectorOperators.LE, z.mul(to - 0.49)));
    }

    private static VectorMask<Double> known(DoubleVector depth) {
        return depth.compare(VectorOperators.GT, 0).and(depth.compare(VectorOperators.LT, Double.POSITIVE_INFINITY));
    }

    private static DoubleVector affine(
            DoubleVector xd, DoubleVector yd, DoubleVector d, double mx, double my, double mz, double t) {
        return xd.mul(mx).add(yd.mul(my)).add(d.mul(mz)).add(t);
    }

    private static DoubleVector widened(FloatVector values) {
        return (DoubleVector) values.convertShape(VectorOperators.F2D, D, 0);
    }

    /** Rounds coordinates, compares the points with those of their pixels and appends the hits. */
    private static int test(
            Target target,
            DoubleVector px,
            DoubleVector py,
            DoubleVector pz,
            VectorMask<Double> candidates,
            Hits hits,
            int firstPixel,
            int count) {
        FramePair pair = target.pair();
        DoubleVector inverse = DoubleVector.broadcast(D, 1).div(pz);
        DoubleVector x = px.mul(inverse);
        DoubleVector y = py.mul(inverse);
        VectorMask<Double> inside =
                candidates.and(inRange(x, 0, pair.width())).and(inRange(y, target.fromRow(), target.toRow()));
        DoubleVector u = x.add(ROUNDER).sub(ROUNDER);
        DoubleVector v = y.add(ROUNDER).sub(ROUNDER);
        // Half to even takes an even size − 0.5 to size.
        inside = inside.and(u.compare(VectorOperators.GE, 0))
                .and(u.compare(VectorOperators.LT, pair.width()))
                .and(v.compare(VectorOperators.GE, target.fromRow()))
                .and(v.compare(VectorOperators.LT, target.toRow()));
        if (!inside.anyTrue()) {
            return count;
        }
        DoubleVector zero = DoubleVector.broadcast(D, 0);
        IntVector pixel =
                (IntVector) zero.blend(v.mul(pair.width()).add(u), inside).convertShape(VectorOperators.D2I, I, 0);
        pixel.intoArray(target.index(), 0);
        DoubleVector z = widened(FloatVector.fromArray(F, pair.targetDepth(), 0, target.index(), 0));
        if (pair.rule().requireDepth()) {
            inside = inside.and(known(z));
        }
        double limit = pair.rule().distance() * pair.rule().distance();
        inside = inside.and(squared(pair.transform(), px, py, pz, u, v, z).compare(VectorOperators.LT, limit));
        VectorMask<Integer> hit = inside.cast(I);
        IntVector points =
                IntVector.broadcast(I, hits.firstPoint() + firstPixel).addIndex(1);
        points.compress(hit).intoArray(hits.points(), count);
        pixel.compress(hit).intoArray(hits.pixels(), count);
        return count + hit.trueCount();
    }

    /** Keeps what rounding gets wrong far away from it: NaN, infinities and coordinates beyond 2⁵¹. */
    private static VectorMask<Double> inRange(DoubleVector coordinate, int from, int to) {
        return coordinate.compare(VectorOperators.GE, from - 1.0).and(coordinate.compare(VectorOperators.LT, to + 1.0));
    }

    private static DoubleVector squared(
            PairTransform p,
            DoubleVector px,
            DoubleVector py,
            DoubleVector pz,
            DoubleVector u,
            DoubleVector v,
            DoubleVector z) {
        DoubleVector dx = px.sub(pz.mul(p.cx())).sub(u.sub(p.cx()).mul(z)).mul(1 / p.fx());
        DoubleVector dy = py.sub(pz.mul(p.cy())).sub(v.sub(p.cy()).mul(z)).mul(1 / p.fy());
        DoubleVector dz = pz.sub(z);
        DoubleVector mixed = dx.mul(p.g01())
                .mul(dy)
                .add(dx.mul(p.g02()).mul(dz))
                .add(dy.mul(p.g12()).mul(dz));
        return dx.mul(p.g00())
                .mul(dx)
                .add(dy.mul(p.g11()).mul(dy))
                .add(dz.mul(p.g22()).mul(dz))
                .add(mixed.mul(2));
    }
}
