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
 * find the same hits. Points of a row that surely miss the image are left out first, by comparisons without a division.
 *
 * <p>Each loop is one method, since a helper with vectors as arguments puts them on the heap where it is not inlined.
 */
public final class VectorProjection implements Projection {

    private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
    private static final VectorShape HALF = VectorShape.forBitSize(D.vectorBitSize() / 2);
    private static final VectorSpecies<Float> F = VectorSpecies.of(float.class, HALF);
    private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, HALF);
    private static final int LANES = D.length();

    /** Adding and subtracting it rounds a double below 2⁵¹ to a whole number, half to even. */
    private static final double ROUNDER = 0x1.8p52;

    /** Pixels beyond the border that are looked at closely: far more than the rounding of a product. */
    private static final double MARGIN = 0.01;

    @Override
    public void project(FramePair pair, PixelBlock source, int fromRow, int toRow, Hits hits) {
        source.requireIn(pair.width(), pair.height());
        hits.reserve(source.size() + LANES);
        Candidates candidates = new Candidates(source.toColumn() - source.fromColumn() + LANES);
        int count = hits.count();
        for (int y = source.fromRow(); y < source.toRow(); y++) {
            int points = candidates.find(pair, source, y, fromRow, toRow);
            count = candidates.test(pair, points, fromRow, toRow, hits, count);
        }
        hits.count(count);
    }

    /** Points of a row that may land: their homogeneous target pixels, and their source pixels. */
    private static final class Candidates {

        private final double[] us;
        private final double[] vs;
        private final double[] zs;
        private final int[] points;
        private final int[] index = new int[LANES];

        Candidates(int capacity) {
            us = new double[capacity];
            vs = new double[capacity];
            zs = new double[capacity];
            points = new int[capacity];
        }

        int find(FramePair pair, PixelBlock source, int y, int fromRow, int toRow) {
            PairTransform p = pair.transform();
            boolean inFront = pair.rule().requireInFront();
            boolean known = pair.rule().requireDepth();
            int base = y * pair.width();
            DoubleVector ramp = DoubleVector.broadcast(D, 0).addIndex(1);
            IntVector ids = IntVector.broadcast(I, base).addIndex(1);
            int count = 0;
            for (int x = source.fromColumn(); x < source.toColumn(); x += LANES) {
                VectorMask<Double> inside = D.indexInRange(x, source.toColumn());
                DoubleVector d = (DoubleVector)
                        FloatVector.fromArray(F, pair.sourceDepth(), base + x, F.indexInRange(x, source.toColumn()))
                                .convertShape(VectorOperators.F2D, D, 0);
                DoubleVector xd = ramp.add(x).mul(d);
                DoubleVector yd = d.mul(y);
                DoubleVector z =
                        xd.mul(p.m20()).add(yd.mul(p.m21())).add(d.mul(p.m22())).add(p.t2());
                DoubleVector u =
                        xd.mul(p.m00()).add(yd.mul(p.m01())).add(d.mul(p.m02())).add(p.t0());
                DoubleVector v =
                        xd.mul(p.m10()).add(yd.mul(p.m11())).add(d.mul(p.m12())).add(p.t1());
                if (known) {
                    inside = inside.and(d.compare(VectorOperators.GT, 0))
                            .and(d.compare(VectorOperators.LT, Double.POSITIVE_INFINITY));
                }
                if (inFront) {
                    inside = inside.and(z.compare(VectorOperators.GT, 0))
                            .and(u.compare(VectorOperators.GE, z.mul(-0.5 - MARGIN)))
                            .and(u.compare(VectorOperators.LE, z.mul(pair.width() - 0.5 + MARGIN)))
                            .and(v.compare(VectorOperators.GE, z.mul(fromRow - 0.5 - MARGIN)))
                            .and(v.compare(VectorOperators.LE, z.mul(toRow - 0.5 + MARGIN)));
                }
                u.compress(inside).intoArray(us, count);
                v.compress(inside).intoArray(vs, count);
                z.compress(inside).intoArray(zs, count);
                ids.add(x).compress(inside.cast(I)).intoArray(points, count);
                count += inside.trueCount();
            }
            return count;
        }

        /** Rounds coordinates, compares the points with those of their pixels and appends the hits. */
        int test(FramePair pair, int candidates, int fromRow, int toRow, Hits hits, int first) {
            PairTransform p = pair.transform();
            boolean known = pair.rule().requireDepth();
            double limit = pair.rule().distance() * pair.rule().distance();
            double width = pair.width();
            int count = first;
            for (int i = 0; i < candidates; i += LANES) {
                DoubleVector px = DoubleVector.fromArray(D, us, i);
                DoubleVector py = DoubleVector.fromArray(D, vs, i);
                DoubleVector pz = DoubleVector.fromArray(D, zs, i);
                DoubleVector inverse = DoubleVector.broadcast(D, 1).div(pz);
                DoubleVector u = px.mul(inverse);
                DoubleVector v = py.mul(inverse);
                // Rounding is right near the image alone: NaN, infinities and coordinates beyond 2⁵¹ are left out
                // before.
                VectorMask<Double> inside = D.indexInRange(i, candidates)
                        .and(u.compare(VectorOperators.GE, -1))
                        .and(u.compare(VectorOperators.LT, width + 1))
                        .and(v.compare(VectorOperators.GE, fromRow - 1))
                        .and(v.compare(VectorOperators.LT, toRow + 1));
                u = u.add(ROUNDER).sub(ROUNDER);
                v = v.add(ROUNDER).sub(ROUNDER);
                inside = inside.and(u.compare(VectorOperators.GE, 0))
                        .and(u.compare(VectorOperators.LT, width))
                        .and(v.compare(VectorOperators.GE, fromRow))
                        .and(v.compare(VectorOperators.LT, toRow));
                IntVector pixel = (IntVector) DoubleVector.broadcast(D, 0)
                        .blend(v.mul(width).add(u), inside)
                        .convertShape(VectorOperators.D2I, I, 0);
                pixel.intoArray(index, 0);
                DoubleVector z = (DoubleVector) FloatVector.fromArray(F, pair.targetDepth(), 0, index, 0)
                        .convertShape(VectorOperators.F2D, D, 0);
                if (known) {
                    inside = inside.and(z.compare(VectorOperators.GT, 0))
                            .and(z.compare(VectorOperators.LT, Double.POSITIVE_INFINITY));
                }
                DoubleVector dx =
                        px.sub(pz.mul(p.cx())).sub(u.sub(p.cx()).mul(z)).mul(1 / p.fx());
                DoubleVector dy =
                        py.sub(pz.mul(p.cy())).sub(v.sub(p.cy()).mul(z)).mul(1 / p.fy());
                DoubleVector dz = pz.sub(z);
                DoubleVector mixed = dx.mul(p.g01())
                        .mul(dy)
                        .add(dx.mul(p.g02()).mul(dz))
                        .add(dy.mul(p.g12()).mul(dz));
                DoubleVector squared = dx.mul(p.g00())
                        .mul(dx)
                        .add(dy.mul(p.g11()).mul(dy))
                        .add(dz.mul(p.g22()).mul(dz))
                        .add(mixed.mul(2));
                inside = inside.and(squared.compare(VectorOperators.LT, limit));
                VectorMask<Integer> hit = inside.cast(I);
                IntVector.fromArray(I, points, i)
                        .add(hits.firstPoint())
                        .compress(hit)
                        .intoArray(hits.points(), count);
                pixel.compress(hit).intoArray(hits.pixels(), count);
                count += hit.trueCount();
            }
            return count;
        }
    }
}
