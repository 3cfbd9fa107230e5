package io.viewal.worker.kernel;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ScalarProjection} with the vector unit: the same operations in the same order in double precision, so that both
 * find the same hits. Points that surely miss the target are left out first, in single precision and without a division.
 *
 * <p>Each loop is one method, since a helper with vectors as arguments puts them on the heap where it is not inlined.
 */
public final class VectorProjection implements Projection {

    private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
    private static final VectorShape HALF = VectorShape.forBitSize(D.vectorBitSize() / 2);
    private static final VectorSpecies<Float> F = VectorSpecies.of(float.class, HALF);
    private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, HALF);
    private static final int LANES = D.length();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /**
     * Adding and subtracting it rounds a double below 2⁵¹ to a whole number, half to even; a greater one stays far outside
     * any image, and NaN is NaN.
     */
    private static final double ROUNDER = 0x1.8p52;

    @Override
    public void project(FramePair pair, List<PixelBlock> source, Hits hits) {
        Candidates candidates = hits.candidates();
        Borders borders = pair.rule().requireInFront() && pair.rule().requireDepth() ? Borders.of(pair) : null;
        for (PixelBlock block : source) {
            block.requireIn(pair.width(), pair.height());
            for (int y = block.fromRow(); y < block.toRow(); y++) {
                if (!candidates.hasRoomFor(block.columns())) {
                    test(pair, candidates, hits);
                }
                if (borders == null) {
                    candidates.addAll(pair, y, block);
                } else {
                    candidates.addInside(pair, borders, y, block);
                }
            }
        }
        test(pair, candidates, hits);
    }

    /** Rounds coordinates, compares the points with those of their pixels, appends the hits and forgets the candidates. */
    private static void test(FramePair pair, Candidates candidates, Hits hits) {
        candidates.pad();
        hits.reserve(candidates.count() + LANES);
        hits.count(test(pair, candidates.places(), candidates.depths(), candidates.count(), hits));
        candidates.clear();
    }

    private static int test(FramePair pair, int[] places, float[] depths, int candidates, Hits hits) {
        PairTransform p = pair.transform();
        PixelBlock target = pair.target();
        int[] index = new int[LANES];
        boolean inFront = pair.rule().requireInFront();
        boolean known = pair.rule().requireDepth();
        double limit = pair.rule().distance() * pair.rule().distance();
        double perFx = 1 / p.fx();
        double perFy = 1 / p.fy();
        double left = target.fromColumn();
        double right = target.toColumn();
        double top = target.fromRow();
        double bottom = target.toRow();
        int count = hits.count();
        for (int i = 0; i < candidates; i += LANES) {
            IntVector place = IntVector.fromArray(I, places, i);
            IntVector row = place.lanewise(VectorOperators.LSHR, Candidates.ROW_SHIFT);
            IntVector column = place.and(Candidates.COLUMN);
            DoubleVector d = (DoubleVector) FloatVector.fromArray(F, depths, i).convertShape(VectorOperators.F2D, D, 0);
            DoubleVector xd = ((DoubleVector) column.convertShape(VectorOperators.I2D, D, 0)).mul(d);
            DoubleVector yd = ((DoubleVector) row.convertShape(VectorOperators.I2D, D, 0)).mul(d);
            DoubleVector pz =
                    xd.mul(p.m20()).add(yd.mul(p.m21())).add(d.mul(p.m22())).add(p.t2());
            DoubleVector px =
                    xd.mul(p.m00()).add(yd.mul(p.m01())).add(d.mul(p.m02())).add(p.t0());
            DoubleVector py =
                    xd.mul(p.m10()).add(yd.mul(p.m11())).add(d.mul(p.m12())).add(p.t1());
            DoubleVector inverse = DoubleVector.broadcast(D, 1).div(pz);
            DoubleVector u = px.mul(inverse);
            DoubleVector v = py.mul(inverse);
            u = u.add(ROUNDER).sub(ROUNDER);
            v = v.add(ROUNDER).sub(ROUNDER);
            VectorMask<Double> inside = u.compare(VectorOperators.GE, left)
                    .and(u.compare(VectorOperators.LT, right))
                    .and(v.compare(VectorOperators.GE, top))
                    .and(v.compare(VectorOperators.LT, bottom));
            if (inFront) {
                inside = inside.and(pz.compare(VectorOperators.GT, 0));
            }
            IntVector pixel = (IntVector) DoubleVector.broadcast(D, 0)
                    .blend(v.sub(top).mul(right - left).add(u.sub(left)), inside)
                    .convertShape(VectorOperators.D2I, I, 0);
            pixel.intoArray(index, 0);
            DoubleVector z = (DoubleVector)
                    FloatVector.fromArray(F, pair.targetDepth(), 0, index, 0).convertShape(VectorOperators.F2D, D, 0);
            if (known) {
                inside = inside.and(z.compare(VectorOperators.GT, 0));
            }
            DoubleVector dx = px.sub(pz.mul(p.cx())).sub(u.sub(p.cx()).mul(z)).mul(perFx);
            DoubleVector dy = py.sub(pz.mul(p.cy())).sub(v.sub(p.cy()).mul(z)).mul(perFy);
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
            row.mul(pair.width())
                    .add(column)
                    .add(hits.firstPoint())
                    .compress(hit)
                    .intoArray(hits.points(), count);
            pixel.compress(hit).intoArray(hits.pixels(), count);
            count += hit.trueCount();
        }
        return count;
    }

    /**
     * The borders of a target as seen from a source: a point (x, y) of depth d may land inside when
     * {@code d · (a·x + b·y + c) + e ≥ 0} for each of them.
     *
     * @param a float32 [5]: left, right, top, bottom, and the plane of the camera
     */
    private record Borders(float[] a, float[] b, float[] c, float[] e) {

        /** Pixels beyond the border that are looked at closely. */
        private static final double MARGIN = 0.01;

        /** Greatest error of single precision, relative to the sum of what is added; far more than it is. */
        private static final double SINGLE = 0x1p-20;

        static Borders of(FramePair pair) {
            PairTransform p = pair.transform();
            PixelBlock t = pair.target();
            Borders borders = new Borders(new float[5], new float[5], new float[5], new float[5]);
            double[] u = {p.m00(), p.m01(), p.m02(), p.t0()};
            double[] v = {p.m10(), p.m11(), p.m12(), p.t1()};
            double[] z = {p.m20(), p.m21(), p.m22(), p.t2()};
            double[] none = {0, 0, 0, 0};
            borders.set(0, u, z, -(t.fromColumn() - 0.5 - MARGIN), 1, pair);
            borders.set(1, u, z, t.toColumn() - 0.5 + MARGIN, -1, pair);
            borders.set(2, v, z, -(t.fromRow() - 0.5 - MARGIN), 1, pair);
            borders.set(3, v, z, t.toRow() - 0.5 + MARGIN, -1, pair);
            borders.set(4, none, z, 1, 0, pair);
            return borders;
        }

        /** The half space {@code sign · coordinate + weight · z ≥ 0}, made larger by what single precision may err. */
        private void set(int border, double[] coordinate, double[] z, double weight, double sign, FramePair pair) {
            double[] sum = new double[4];
            double[] size = new double[4];
            for (int i = 0; i < sum.length; i++) {
                sum[i] = sign * coordinate[i] + weight * z[i];
                size[i] = Math.abs(sign * coordinate[i]) + Math.abs(weight * z[i]);
            }
            a[border] = (float) sum[0];
            b[border] = (float) sum[1];
            c[border] = (float) (sum[2] + SINGLE * (size[0] * pair.width() + size[1] * pair.height() + size[2]));
            e[border] = (float) (sum[3] + SINGLE * size[3]);
        }
    }

    /** Points that may land, found by a cheap test, before the exact one. */
    static final class Candidates {

        /** A place is {@code row << ROW_SHIFT | column}. */
        private static final int ROW_SHIFT = 16;

        private static final int COLUMN = (1 << ROW_SHIFT) - 1;

        /** Few enough for the first-level cache. */
        private static final int CAPACITY = 2048;

        private static final VectorSpecies<Float> WIDE = FloatVector.SPECIES_PREFERRED;
        private static final VectorSpecies<Integer> WIDE_INT = IntVector.SPECIES_PREFERRED;

        private int[] places = new int[CAPACITY];
        private float[] depths = new float[CAPACITY];
        private int count;

        int count() {
            return count;
        }

        int[] places() {
            return places;
        }

        float[] depths() {
            return depths;
        }

        void clear() {
            count = 0;
        }

        /** Whether so many more fit; when there are none yet, room is made. */
        boolean hasRoomFor(int more) {
            int needed = count + more + WIDE.length();
            if (count == 0 && needed > places.length) {
                places = new int[needed];
                depths = new float[needed];
            }
            return needed <= places.length;
        }

        /** Fills the last vector with points that land nowhere. */
        void pad() {
            Arrays.fill(depths, count, count + LANES, Float.NaN);
        }

        void addAll(FramePair pair, int y, PixelBlock block) {
            long first = pair.source() + (long) y * pair.width();
            for (int x = block.fromColumn(); x < block.toColumn(); x++) {
                float d = pair.depths().getAtIndex(ValueLayout.JAVA_FLOAT, first + x);
                if (d > 0 || !pair.rule().requireDepth()) {
                    places[count] = y << ROW_SHIFT | x;
                    depths[count++] = d;
                }
            }
        }

        void addInside(FramePair pair, Borders borders, int y, PixelBlock block) {
            count = addInside(pair, borders, y, block.fromColumn(), block.toColumn(), count);
        }

        private int addInside(FramePair pair, Borders borders, int y, int from, int to, int start) {
            float[] a = borders.a();
            float[] b = borders.b();
            float[] c = borders.c();
            float[] e = borders.e();
            FloatVector ramp = FloatVector.broadcast(WIDE, 0).addIndex(1);
            IntVector ids = IntVector.broadcast(WIDE_INT, y << ROW_SHIFT).addIndex(1);
            FloatVector a0 = FloatVector.broadcast(WIDE, a[0]);
            FloatVector a1 = FloatVector.broadcast(WIDE, a[1]);
            FloatVector a2 = FloatVector.broadcast(WIDE, a[2]);
            FloatVector a3 = FloatVector.broadcast(WIDE, a[3]);
            FloatVector a4 = FloatVector.broadcast(WIDE, a[4]);
            FloatVector c0 = FloatVector.broadcast(WIDE, b[0] * y + c[0]);
            FloatVector c1 = FloatVector.broadcast(WIDE, b[1] * y + c[1]);
            FloatVector c2 = FloatVector.broadcast(WIDE, b[2] * y + c[2]);
            FloatVector c3 = FloatVector.broadcast(WIDE, b[3] * y + c[3]);
            FloatVector c4 = FloatVector.broadcast(WIDE, b[4] * y + c[4]);
            FloatVector e0 = FloatVector.broadcast(WIDE, e[0]);
            FloatVector e1 = FloatVector.broadcast(WIDE, e[1]);
            FloatVector e2 = FloatVector.broadcast(WIDE, e[2]);
            FloatVector e3 = FloatVector.broadcast(WIDE, e[3]);
            FloatVector e4 = FloatVector.broadcast(WIDE, e[4]);
            long first = (pair.source() + (long) y * pair.width()) * Float.BYTES;
            int found = start;
            for (int i = from; i < to; i += WIDE.length()) {
                VectorMask<Float> inside = WIDE.indexInRange(i, to);
                FloatVector d = i + WIDE.length() <= to
                        ? FloatVector.fromMemorySegment(WIDE, pair.depths(), first + (long) i * Float.BYTES, ORDER)
                        : FloatVector.fromMemorySegment(
                                WIDE, pair.depths(), first + (long) i * Float.BYTES, ORDER, inside);
                FloatVector x = ramp.add(i);
                FloatVector least = x.fma(a0, c0).fma(d, e0);
                least = least.min(x.fma(a1, c1).fma(d, e1));
                least = least.min(x.fma(a2, c2).fma(d, e2));
                least = least.min(x.fma(a3, c3).fma(d, e3));
                least = least.min(x.fma(a4, c4).fma(d, e4));
                inside = inside.and(least.compare(VectorOperators.GE, 0)).and(d.compare(VectorOperators.GT, 0));
                ids.add(i).compress(inside.cast(WIDE_INT)).intoArray(places, found);
                d.compress(inside).intoArray(depths, found);
                found += inside.trueCount();
            }
            return found;
        }
    }
}
