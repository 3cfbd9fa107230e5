package io.viewal.worker.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Which candidates hit, with the operations of {@link ScalarProjection} in their order, in double precision: both find the
 * same hits.
 */
final class DoublePrecision {

    private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
    private static final VectorShape HALF = VectorShape.forBitSize(D.vectorBitSize() / 2);
    private static final VectorSpecies<Float> F = VectorSpecies.of(float.class, HALF);
    private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, HALF);
    private static final int LANES = D.length();

    /**
     * Adding and subtracting it rounds a double below 2⁵¹ to a whole number, half to even; a greater one stays far outside
     * any image, and NaN is NaN.
     */
    private static final double ROUNDER = 0x1.8p52;

    private DoublePrecision() {}

    /**
     * Appends those of the candidates that hit.
     *
     * @param from the first candidate
     * @param to beyond the last; whole vectors are read, so what follows is padding, or the candidates are a whole vector
     *     of {@link Candidates}
     * @param first where the hits go in the lists, which have room
     * @return where the next ones go
     */
    static int append(FramePair pair, Candidates candidates, int from, int to, Hits hits, int first) {
        PairTransform p = pair.transform();
        PixelBlock target = pair.target();
        int[] places = candidates.places();
        float[] depths = candidates.depths();
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
        int count = first;
        for (int i = from; i < to; i += LANES) {
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
}
