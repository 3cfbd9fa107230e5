package io.viewal.worker.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Which candidates hit, in single precision with a bound of its error: where that could change a rounding or a comparison,
 * {@link DoublePrecision} decides. So the hits are the same, and most cost half.
 *
 * <p>A pixel coordinate errs by at most {@code (depth · pixelDepth + pixelOffset) / z + pixel}, in pixels; a distance by at
 * most {@code depth · distanceDepth + targetDepth · distanceTarget + distance}, in metres.
 */
record SinglePrecision(
        FramePair pair,
        float pixelDepth,
        float pixelOffset,
        float pixel,
        float distanceDepth,
        float distanceTarget,
        float distance) {

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
    private static final int LANES = F.length();

    /** Error of one operation, relative to its result. */
    private static final double UNIT = 0x1p-24;

    /** Operations that err in a homogeneous coordinate, with the rounding of its coefficient, and a little more. */
    private static final double IN_A_COORDINATE = 4.5;

    /** Those that err in a coordinate of the distance between two points. */
    private static final double IN_A_DISTANCE = 10;

    /** What errors of three coordinates come to in a length, where the camera's axes are nearly orthonormal. */
    private static final double IN_A_LENGTH = 3.5;

    /** The error of a squared distance's own operations, relative to it. */
    private static final double IN_A_SQUARE = 64;

    /** How far the camera's metric may be from the identity. */
    private static final double NEARLY = 0.1;

    /** Adding and subtracting it rounds a float below 2²² to a whole number, half to even. */
    private static final float ROUNDER = 0x1.8p23f;

    /** Its bits, which those of the sum exceed by the whole number. */
    private static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);

    /** Whether the bounds hold for a pair: its poses are rotations but for rounding. */
    static boolean suits(FramePair pair) {
        PairTransform p = pair.transform();
        return Math.abs(p.g00() - 1) < NEARLY
                && Math.abs(p.g11() - 1) < NEARLY
                && Math.abs(p.g22() - 1) < NEARLY
                && Math.abs(p.g01()) < NEARLY
                && Math.abs(p.g02()) < NEARLY
                && Math.abs(p.g12()) < NEARLY;
    }

    static SinglePrecision of(FramePair pair) {
        PairTransform p = pair.transform();
        double most = Math.max(pair.width(), pair.height());
        double x = size(pair, p.m00(), p.m01(), p.m02());
        double y = size(pair, p.m10(), p.m11(), p.m12());
        double z = size(pair, p.m20(), p.m21(), p.m22());
        double offset = Math.max(Math.abs(p.t0()), Math.abs(p.t1()));
        double axis = Math.max(Math.abs(p.cx()), Math.abs(p.cy()));
        double focal = Math.min(p.fx(), p.fy());
        double coordinate = IN_A_COORDINATE * UNIT;
        double length = IN_A_LENGTH * IN_A_DISTANCE * UNIT;
        return new SinglePrecision(
                pair,
                (float) (coordinate * (Math.max(x, y) + most * z)),
                (float) (coordinate * (offset + most * Math.abs(p.t2()))),
                (float) (coordinate * most),
                (float) (length * ((Math.max(x, y) + axis * z) / focal + z)),
                (float) (length * (most + axis) / focal),
                (float) (length * ((offset + axis * Math.abs(p.t2())) / focal + Math.abs(p.t2()))));
    }

    /** The greatest that the parts of a coordinate may add up to, a unit of depth. */
    private static double size(FramePair pair, double perColumn, double perRow, double constant) {
        return Math.abs(perColumn) * pair.width() + Math.abs(perRow) * pair.height() + Math.abs(constant);
    }

    /**
     * Appends those of the first candidates that hit.
     *
     * @param candidates how many: whole vectors
     * @param hits have room; their count is left as it is
     * @return where the next hits go
     */
    int append(Candidates all, int candidates, Hits hits) {
        PairTransform p = pair.transform();
        PixelBlock target = pair.target();
        int[] places = all.places();
        float[] depths = all.depths();
        int[] index = new int[LANES];
        float[] seen = new float[LANES];
        FloatVector m00 = broadcast(p.m00());
        FloatVector m01 = broadcast(p.m01());
        FloatVector m02 = broadcast(p.m02());
        FloatVector m10 = broadcast(p.m10());
        FloatVector m11 = broadcast(p.m11());
        FloatVector m12 = broadcast(p.m12());
        FloatVector m20 = broadcast(p.m20());
        FloatVector m21 = broadcast(p.m21());
        FloatVector m22 = broadcast(p.m22());
        FloatVector t0 = broadcast(p.t0());
        FloatVector t1 = broadcast(p.t1());
        FloatVector t2 = broadcast(p.t2());
        FloatVector offset = broadcast(pixelOffset);
        FloatVector perDepth = broadcast(pixelDepth);
        FloatVector always = broadcast(distance);
        FloatVector perDistance = broadcast(distanceDepth);
        FloatVector perTarget = broadcast(distanceTarget);
        FloatVector nearest = FloatVector.broadcast(F, 0.5f - pixel);
        int left = ROUNDER_BITS + target.fromColumn();
        int top = ROUNDER_BITS + target.fromRow();
        int columns = target.columns();
        int rows = target.rows();
        float[] targetDepth = pair.targetDepth();
        // Coordinates of the distance stay in pixels times metres; the metric makes metres of them.
        double perFx = 1 / p.fx();
        double perFy = 1 / p.fy();
        FloatVector cx = broadcast(p.cx());
        FloatVector cy = broadcast(p.cy());
        FloatVector minusCx = broadcast(-p.cx());
        FloatVector minusCy = broadcast(-p.cy());
        FloatVector g00 = broadcast(p.g00() * perFx * perFx);
        FloatVector g11 = broadcast(p.g11() * perFy * perFy);
        float g22 = (float) p.g22();
        FloatVector g01 = broadcast(2 * p.g01() * perFx * perFy);
        float g02 = (float) (2 * p.g02() * perFx);
        float g12 = (float) (2 * p.g12() * perFy);
        float limit = (float) (pair.rule().distance() * pair.rule().distance());
        FloatVector seven = FloatVector.broadcast(F, 7f);
        FloatVector twice = broadcast(2 * pair.rule().distance());
        FloatVector ofSquare = broadcast(IN_A_SQUARE * UNIT * limit);
        int count = hits.count();
        for (int i = 0; i < candidates; i += LANES) {
            IntVector place = IntVector.fromArray(I, places, i);
            IntVector row = place.lanewise(VectorOperators.LSHR, Candidates.ROW_SHIFT);
            IntVector column = place.and(Candidates.COLUMN);
            FloatVector x = (FloatVector) column.convert(VectorOperators.I2F, 0);
            FloatVector y = (FloatVector) row.convert(VectorOperators.I2F, 0);
            FloatVector d = FloatVector.fromArray(F, depths, i);
            FloatVector pz = x.fma(m20, y.fma(m21, m22)).fma(d, t2);
            FloatVector px = x.fma(m00, y.fma(m01, m02)).fma(d, t0);
            FloatVector py = x.fma(m10, y.fma(m11, m12)).fma(d, t1);
            FloatVector inverse = FloatVector.broadcast(F, 1).div(pz);
            FloatVector u = px.mul(inverse);
            FloatVector v = py.mul(inverse);
            FloatVector roundedU = u.add(ROUNDER);
            FloatVector roundedV = v.add(ROUNDER);
            FloatVector nearU = roundedU.sub(ROUNDER);
            FloatVector nearV = roundedV.sub(ROUNDER);
            FloatVector slack = nearest.sub(d.fma(perDepth, offset).mul(inverse));
            VectorMask<Float> sure = u.sub(nearU)
                    .abs()
                    .compare(VectorOperators.LT, slack)
                    .and(v.sub(nearV).abs().compare(VectorOperators.LT, slack))
                    .and(pz.compare(VectorOperators.GT, 0));
            IntVector inColumn = roundedU.reinterpretAsInts().sub(left);
            IntVector inRow = roundedV.reinterpretAsInts().sub(top);
            VectorMask<Integer> inside =
                    inColumn.compare(VectorOperators.ULT, columns).and(inRow.compare(VectorOperators.ULT, rows));
            IntVector pixels = inRow.mul(columns).add(inColumn);
            pixels = IntVector.zero(I).blend(pixels, inside);
            pixels.intoArray(index, 0);
            // One by one: a gather puts its indices on the heap.
            for (int lane = 0; lane < LANES; lane++) {
                seen[lane] = targetDepth[index[lane]];
            }
            FloatVector z = FloatVector.fromArray(F, seen, 0);
            VectorMask<Float> lands = inside.cast(F).and(z.compare(VectorOperators.GT, 0));
            FloatVector dx = cx.sub(nearU).fma(z, pz.fma(minusCx, px));
            FloatVector dy = cy.sub(nearV).fma(z, pz.fma(minusCy, py));
            FloatVector dz = pz.sub(z);
            FloatVector squared = dx.fma(g00, dy.fma(g01, dz.mul(g02)))
                    .fma(dx, dy.fma(g11, dz.mul(g12)).fma(dy, dz.mul(g22).mul(dz)));
            // A length l that errs by e has a square that errs by less than 2le + 7e², where both are near the
            // threshold.
            FloatVector error = d.fma(perDistance, z.fma(perTarget, always));
            VectorMask<Float> far = squared.sub(limit)
                    .abs()
                    .compare(VectorOperators.GT, error.fma(seven, twice).fma(error, ofSquare));
            if (!sure.and(far.or(lands.not())).allTrue()) {
                count = DoublePrecision.append(pair, all, i, i + LANES, hits, count);
                continue;
            }
            VectorMask<Integer> hit =
                    lands.and(squared.compare(VectorOperators.LT, limit)).cast(I);
            row.mul(pair.width())
                    .add(column)
                    .add(hits.firstPoint())
                    .compress(hit)
                    .intoArray(hits.points(), count);
            pixels.compress(hit).intoArray(hits.pixels(), count);
            count += hit.trueCount();
        }
        return count;
    }

    private static FloatVector broadcast(double number) {
        return FloatVector.broadcast(F, (float) number);
    }
}
