package io.viewal.worker.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Logarithms of many numbers in single precision, the same for vectors of all widths. */
final class VectorLogarithm {

    /** Bits of a float below its exponent. */
    static final int MANTISSA_BITS = Float.PRECISION - 1;

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;

    /** Bits of √½: mantissas are taken from [√½, √2). */
    private static final int SQRT_HALF = 0x3f3504f3;

    private VectorLogarithm() {}

    /**
     * Overwrites numbers by {@code weight · (log₂(number + floor) + exponent)}. The number plus the floor is positive and
     * normal: it is 2^e · (1 + f) with 1 + f in [√½, √2), and log₂(1 + f) is f times a polynomial of least greatest error;
     * absolute error below 4e−7, and none at 1. One method, since a helper with vectors as arguments puts them on the heap
     * where it is not inlined.
     */
    static void timesLog2(float[] numbers, float[] weights, float floor, int[] exponents, int count) {
        for (int i = 0; i < count; i += F.length()) {
            IntVector bits = FloatVector.fromArray(F, numbers, i).add(floor).reinterpretAsInts();
            FloatVector weight = FloatVector.fromArray(F, weights, i);
            IntVector exponent = bits.sub(SQRT_HALF).lanewise(VectorOperators.ASHR, MANTISSA_BITS);
            FloatVector f = bits.sub(exponent.lanewise(VectorOperators.LSHL, MANTISSA_BITS))
                    .reinterpretAsFloats()
                    .sub(1f);
            FloatVector e = (FloatVector)
                    exponent.add(IntVector.fromArray(I, exponents, i)).convert(VectorOperators.I2F, 0);
            FloatVector.broadcast(F, 0.17063376f)
                    .fma(f, FloatVector.broadcast(F, -0.27269775f))
                    .fma(f, FloatVector.broadcast(F, 0.29726273f))
                    .fma(f, FloatVector.broadcast(F, -0.35896188f))
                    .fma(f, FloatVector.broadcast(F, 0.48046502f))
                    .fma(f, FloatVector.broadcast(F, -0.7213759f))
                    .fma(f, FloatVector.broadcast(F, 1.4426997f))
                    .fma(f, e)
                    .mul(weight)
                    .intoArray(numbers, i);
        }
    }
}
