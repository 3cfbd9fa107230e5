package io.viewal.worker.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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

    /** For what is done number by number, where the width makes no difference to the result. */
    private static final VectorSpecies<Float> WIDE = FloatVector.SPECIES_PREFERRED;

    private static final VectorSpecies<Integer> I = IntVector.SPECIES_256;
    private static final int LANES = ProbabilityLayout.ALIGNMENT;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /** {@link #DIVERGENCE_FLOOR} in single precision. */
    private static final float FLOOR = (float) DIVERGENCE_FLOOR;

    /** Probabilities that are multiplied before the product is split: four of 1e−8 times a mantissa are still normal. */
    private static final int GROUP = 4;

    private static final int MANTISSA_BITS = 23;
    private static final int MANTISSA = (1 << MANTISSA_BITS) - 1;
    private static final int BIAS = 127;

    /** Bits of √½: mantissas are taken from [√½, √2). */
    private static final int SQRT_HALF = 0x3f3504f3;

    /** Pixels that are scored at a time: their sums stay in the first-level cache. */
    private static final int BLOCK = 32;

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
        Sums sums = new Sums(stride);
        for (int pixel = from; pixel < to; pixel += BLOCK) {
            int count = Math.min(BLOCK, to - pixel);
            for (int i = 0; i < count; i++) {
                sums.add(volume, i, hits, start[pixel + i], start[pixel + i + 1]);
            }
            MemorySegment.copy(
                    volume, ValueLayout.JAVA_FLOAT, (own + pixel) * stride * Float.BYTES, sums.own, 0, count * stride);
            sums.score(count, start, pixel, entropy, divergence);
        }
    }

    /**
     * What is known of the classes of a block of pixels. Loops are kept apart and short, for the compiler to keep vectors
     * in registers.
     */
    private static final class Sums {

        private final int stride;
        private final float[] own;
        private final float[] ownLogs;
        private final float[] means;
        private final float[] meanLogs;
        private final float[] products;
        private final float[] exponents;
        private final float[] lanes = new float[LANES];

        Sums(int stride) {
            this.stride = stride;
            this.own = new float[BLOCK * stride];
            this.ownLogs = new float[BLOCK * stride];
            this.means = new float[BLOCK * stride];
            this.meanLogs = new float[BLOCK * stride];
            this.products = new float[BLOCK * stride];
            this.exponents = new float[BLOCK * stride];
        }

        /** Sums the predictions of a pixel's hits and multiplies them. */
        void add(MemorySegment volume, int pixel, int[] hits, int first, int last) {
            float mean = first == last ? 0 : 1f / (last - first);
            long bytes = (long) stride * Float.BYTES;
            int bias = (last - first) / GROUP * BIAS;
            for (int c = 0; c < stride; c += LANES) {
                FloatVector sum = FloatVector.zero(F);
                FloatVector product = FloatVector.broadcast(F, 1f);
                IntVector exponent = IntVector.zero(I);
                int k = first;
                for (; k + GROUP <= last; k += GROUP) {
                    FloatVector p0 =
                            FloatVector.fromMemorySegment(F, volume, (long) hits[k] * bytes + c * Float.BYTES, ORDER);
                    FloatVector p1 = FloatVector.fromMemorySegment(
                            F, volume, (long) hits[k + 1] * bytes + c * Float.BYTES, ORDER);
                    FloatVector p2 = FloatVector.fromMemorySegment(
                            F, volume, (long) hits[k + 2] * bytes + c * Float.BYTES, ORDER);
                    FloatVector p3 = FloatVector.fromMemorySegment(
                            F, volume, (long) hits[k + 3] * bytes + c * Float.BYTES, ORDER);
                    sum = sum.add(p0).add(p1).add(p2).add(p3);
                    FloatVector group =
                            p0.add(FLOOR).mul(p1.add(FLOOR)).mul(p2.add(FLOOR).mul(p3.add(FLOOR)));
                    IntVector bits = group.mul(product).reinterpretAsInts();
                    exponent = exponent.add(bits.lanewise(VectorOperators.ASHR, MANTISSA_BITS));
                    product = bits.and(MANTISSA).or(BIAS << MANTISSA_BITS).reinterpretAsFloats();
                }
                for (; k < last; k++) {
                    FloatVector p =
                            FloatVector.fromMemorySegment(F, volume, (long) hits[k] * bytes + c * Float.BYTES, ORDER);
                    sum = sum.add(p);
                    product = product.mul(p.add(FLOOR));
                }
                int at = pixel * stride + c;
                sum.mul(mean).intoArray(means, at);
                product.intoArray(products, at);
                ((FloatVector) exponent.sub(bias).convert(VectorOperators.I2F, 0)).intoArray(exponents, at);
            }
        }

        void score(int count, int[] start, int first, float[] entropy, float[] divergence) {
            log2(own, FLOOR, ownLogs, count * stride);
            log2(means, (float) ENTROPY_FLOOR, meanLogs, count * stride);
            log2(products, 0, products, count * stride);
            for (int i = 0; i < count; i++) {
                int hits = start[first + i + 1] - start[first + i];
                entropy[first + i] = hits == 0 ? 0 : entropy(i * stride);
                divergence[first + i] = hits == 0 ? 0 : divergence(i * stride, 1f / hits);
            }
        }

        private float entropy(int from) {
            FloatVector h = FloatVector.zero(F);
            for (int c = from; c < from + stride; c += LANES) {
                h = h.add(FloatVector.fromArray(F, means, c).mul(FloatVector.fromArray(F, meanLogs, c)));
            }
            h.intoArray(lanes, 0);
            return 0f - sum(lanes);
        }

        private float divergence(int from, float mean) {
            FloatVector d = FloatVector.zero(F);
            for (int c = from; c < from + stride; c += LANES) {
                FloatVector logs = FloatVector.fromArray(F, products, c).add(FloatVector.fromArray(F, exponents, c));
                FloatVector ratio = logs.mul(mean).sub(FloatVector.fromArray(F, ownLogs, c));
                d = d.add(FloatVector.fromArray(F, own, c).mul(ratio));
            }
            d.intoArray(lanes, 0);
            return 0f - sum(lanes);
        }
    }

    /**
     * Base-2 logarithms of numbers plus a floor, which are positive and normal: x = 2^e · (1 + f) with 1 + f in [√½, √2),
     * and f times a polynomial of least greatest error for log₂(1 + f); absolute error below 4e−7, and none at 1. One
     * method, since a helper with vectors as arguments puts them on the heap where it is not inlined.
     */
    private static void log2(float[] numbers, float floor, float[] logs, int count) {
        for (int i = 0; i < count; i += WIDE.length()) {
            IntVector bits = FloatVector.fromArray(WIDE, numbers, i).add(floor).reinterpretAsInts();
            IntVector exponent = bits.sub(SQRT_HALF).lanewise(VectorOperators.ASHR, MANTISSA_BITS);
            FloatVector f = bits.sub(exponent.lanewise(VectorOperators.LSHL, MANTISSA_BITS))
                    .reinterpretAsFloats()
                    .sub(1f);
            FloatVector e = (FloatVector) exponent.convert(VectorOperators.I2F, 0);
            FloatVector.broadcast(WIDE, 0.17063376f)
                    .fma(f, FloatVector.broadcast(WIDE, -0.27269775f))
                    .fma(f, FloatVector.broadcast(WIDE, 0.29726273f))
                    .fma(f, FloatVector.broadcast(WIDE, -0.35896188f))
                    .fma(f, FloatVector.broadcast(WIDE, 0.48046502f))
                    .fma(f, FloatVector.broadcast(WIDE, -0.7213759f))
                    .fma(f, FloatVector.broadcast(WIDE, 1.4426997f))
                    .fma(f, e)
                    .intoArray(logs, i);
        }
    }

    /** Adds the lanes in a fixed order; reduceLanes may take another one when it is compiled, and round otherwise. */
    private static float sum(float[] lanes) {
        float sum = 0;
        for (float lane : lanes) {
            sum += lane;
        }
        return sum;
    }
}
