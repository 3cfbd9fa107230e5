package io.viewal.worker.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ScalarConsensus} with the vector unit in single precision: eight classes at a time, sums kept in registers, each
 * prediction read once. The sum of a pixel's logarithms is taken as the logarithm of a product, whose exponent is moved
 * into an integer after every fourth factor, so that a hit costs a multiplication and a pixel one logarithm, by a
 * polynomial. Differs from the reference by at most 1e−5 bits.
 */
public final class VectorConsensus implements Consensus {

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_256;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_256;
    private static final int LANES = ProbabilityLayout.ALIGNMENT;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final float LOG2_E = 1.44269504f;

    /** {@link #DIVERGENCE_FLOOR} in single precision. */
    private static final float FLOOR = (float) DIVERGENCE_FLOOR;

    /** Probabilities that are multiplied before the product is split: four of 1e−8 times a mantissa are still normal. */
    private static final int GROUP = 4;

    private static final int MANTISSA_BITS = 23;
    private static final int MANTISSA = (1 << MANTISSA_BITS) - 1;
    private static final int BIAS = 127;

    /** Bits of √½: mantissas are taken from [√½, √2). */
    private static final int SQRT_HALF = 0x3f3504f3;

    @Override
    public void score(
            MemorySegment volume,
            int stride,
            long own,
            int[] start,
            int[] hits,
            int from,
            int to,
            float[] entropy,
            float[] divergence) {
        float[] lanes = new float[LANES];
        for (int pixel = from; pixel < to; pixel++) {
            int first = start[pixel];
            int last = start[pixel + 1];
            if (first == last) {
                entropy[pixel] = 0;
                divergence[pixel] = 0;
                continue;
            }
            float mean = 1f / (last - first);
            FloatVector h = FloatVector.zero(F);
            FloatVector d = FloatVector.zero(F);
            for (int c = 0; c < stride; c += LANES) {
                FloatVector sum = FloatVector.zero(F);
                FloatVector product = FloatVector.broadcast(F, 1f);
                IntVector exponents = IntVector.zero(I);
                int k = first;
                for (; k + GROUP <= last; k += GROUP) {
                    FloatVector p0 = at(volume, (long) hits[k] * stride + c);
                    FloatVector p1 = at(volume, (long) hits[k + 1] * stride + c);
                    FloatVector p2 = at(volume, (long) hits[k + 2] * stride + c);
                    FloatVector p3 = at(volume, (long) hits[k + 3] * stride + c);
                    sum = sum.add(p0).add(p1).add(p2).add(p3);
                    FloatVector group =
                            p0.add(FLOOR).mul(p1.add(FLOOR)).mul(p2.add(FLOOR).mul(p3.add(FLOOR)));
                    IntVector bits = group.mul(product).reinterpretAsInts();
                    exponents = exponents.add(bits.lanewise(VectorOperators.ASHR, MANTISSA_BITS));
                    product = mantissa(bits);
                }
                for (; k < last; k++) {
                    FloatVector p = at(volume, (long) hits[k] * stride + c);
                    sum = sum.add(p);
                    product = product.mul(p.add(FLOOR));
                }
                int groups = (last - first) / GROUP;
                FloatVector logs = log2(product)
                        .add((FloatVector) exponents.sub(groups * BIAS).convert(VectorOperators.I2F, 0));
                FloatVector p = at(volume, (own + pixel) * stride + c);
                FloatVector q = sum.mul(mean);
                h = h.add(q.mul(log2(q.add((float) ENTROPY_FLOOR))));
                d = d.add(p.mul(logs.mul(mean).sub(log2(p.add(FLOOR)))));
            }
            entropy[pixel] = 0f - sum(h, lanes);
            divergence[pixel] = 0f - sum(d, lanes);
        }
    }

    /** Adds the lanes in a fixed order; reduceLanes may take another one when it is compiled, and round otherwise. */
    private static float sum(FloatVector vector, float[] lanes) {
        vector.intoArray(lanes, 0);
        float sum = 0;
        for (float lane : lanes) {
            sum += lane;
        }
        return sum;
    }

    /** The number in [1, 2) of the same mantissa. */
    private static FloatVector mantissa(IntVector bits) {
        return bits.and(MANTISSA).or(BIAS << MANTISSA_BITS).reinterpretAsFloats();
    }

    private static FloatVector at(MemorySegment volume, long index) {
        return FloatVector.fromMemorySegment(F, volume, index * Float.BYTES, ORDER);
    }

    /**
     * Base-2 logarithm of positive, normal numbers: x = 2^e · (1 + f) with 1 + f in [√½, √2), and the polynomial of
     * Cephes' {@code logf} for ln(1 + f); relative error below 2e−7.
     */
    private static FloatVector log2(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        IntVector exponent = bits.sub(SQRT_HALF).lanewise(VectorOperators.ASHR, 23);
        FloatVector f = bits.sub(exponent.lanewise(VectorOperators.LSHL, 23))
                .reinterpretAsFloats()
                .sub(1f);
        FloatVector e = (FloatVector) exponent.convert(VectorOperators.I2F, 0);
        FloatVector f2 = f.mul(f);
        FloatVector y = FloatVector.broadcast(F, 7.0376836292E-2f)
                .fma(f, FloatVector.broadcast(F, -1.1514610310E-1f))
                .fma(f, FloatVector.broadcast(F, 1.1676998740E-1f))
                .fma(f, FloatVector.broadcast(F, -1.2420140846E-1f))
                .fma(f, FloatVector.broadcast(F, 1.4249322787E-1f))
                .fma(f, FloatVector.broadcast(F, -1.6668057665E-1f))
                .fma(f, FloatVector.broadcast(F, 2.0000714765E-1f))
                .fma(f, FloatVector.broadcast(F, -2.4999993993E-1f))
                .fma(f, FloatVector.broadcast(F, 3.3333331174E-1f))
                .mul(f)
                .mul(f2);
        FloatVector ln = y.sub(f2.mul(0.5f)).add(f);
        return ln.fma(FloatVector.broadcast(F, LOG2_E), e);
    }
}
