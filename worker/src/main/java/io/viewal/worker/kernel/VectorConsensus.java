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
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_256;
    private static final int LANES = ProbabilityLayout.ALIGNMENT;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /** {@link #DIVERGENCE_FLOOR} in single precision. */
    private static final float FLOOR = (float) DIVERGENCE_FLOOR;

    /** Probabilities that are multiplied before the product is split: four of 1e−8 times a mantissa are still normal. */
    private static final int GROUP = 4;

    private static final int CACHE_LINE = 64;
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
            sums.fetch(volume, hits, start[pixel], start[pixel + count]);
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

        /** Keeps the compiler from leaving out the reads. */
        private int fetched;

        Sums(int stride) {
            this.stride = stride;
            this.own = new float[BLOCK * stride];
            this.ownLogs = new float[BLOCK * stride];
            this.means = new float[BLOCK * stride];
            this.meanLogs = new float[BLOCK * stride];
            this.products = new float[BLOCK * stride];
            this.exponents = new float[BLOCK * stride];
        }

        /**
         * Touches each cache line of the hits' predictions. They lie all over memory; reads that nothing waits for run side
         * by side, those of the sums would wait for each other.
         */
        void fetch(MemorySegment volume, int[] hits, int first, int last) {
            int bytes = stride * Float.BYTES;
            int sum = 0;
            for (int k = first; k < last; k++) {
                long row = (long) hits[k] * bytes;
                for (int line = 0; line < bytes; line += CACHE_LINE) {
                    sum += volume.get(ValueLayout.JAVA_INT, row + line);
                }
            }
            fetched = sum;
        }

        /** Sums the predictions of a pixel's hits and multiplies them. */
        void add(MemorySegment volume, int pixel, int[] hits, int first, int last) {
            float mean = first == last ? 0 : 1f / (last - first);
            int bias = (last - first) / GROUP * BIAS;
            for (int c = 0; c < stride; c += LANES) {
                FloatVector sum = FloatVector.zero(F);
                FloatVector product = FloatVector.broadcast(F, 1f);
                IntVector exponent = IntVector.zero(I);
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
                    exponent = exponent.add(bits.lanewise(VectorOperators.ASHR, MANTISSA_BITS));
                    product = bits.and(MANTISSA).or(BIAS << MANTISSA_BITS).reinterpretAsFloats();
                }
                for (; k < last; k++) {
                    FloatVector p = at(volume, (long) hits[k] * stride + c);
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
            return 0f - sum(h, lanes);
        }

        private float divergence(int from, float mean) {
            FloatVector d = FloatVector.zero(F);
            for (int c = from; c < from + stride; c += LANES) {
                FloatVector logs = FloatVector.fromArray(F, products, c).add(FloatVector.fromArray(F, exponents, c));
                FloatVector ratio = logs.mul(mean).sub(FloatVector.fromArray(F, ownLogs, c));
                d = d.add(FloatVector.fromArray(F, own, c).mul(ratio));
            }
            return 0f - sum(d, lanes);
        }
    }

    /** Base-2 logarithms of the numbers plus a floor; count is a multiple of the lanes. */
    private static void log2(float[] numbers, float floor, float[] logs, int count) {
        for (int i = 0; i < count; i += LANES) {
            log2(FloatVector.fromArray(F, numbers, i).add(floor)).intoArray(logs, i);
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

    private static FloatVector at(MemorySegment volume, long index) {
        return FloatVector.fromMemorySegment(F, volume, index * Float.BYTES, ORDER);
    }

    /**
     * Base-2 logarithm of positive, normal numbers: x = 2^e · (1 + f) with 1 + f in [√½, √2), and f times a polynomial of
     * least greatest error for log₂(1 + f); absolute error below 4e−7, and none at 1.
     */
    private static FloatVector log2(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        IntVector exponent = bits.sub(SQRT_HALF).lanewise(VectorOperators.ASHR, MANTISSA_BITS);
        FloatVector f = bits.sub(exponent.lanewise(VectorOperators.LSHL, MANTISSA_BITS))
                .reinterpretAsFloats()
                .sub(1f);
        FloatVector e = (FloatVector) exponent.convert(VectorOperators.I2F, 0);
        return FloatVector.broadcast(F, 0.17063376f)
                .fma(f, FloatVector.broadcast(F, -0.27269775f))
                .fma(f, FloatVector.broadcast(F, 0.29726273f))
                .fma(f, FloatVector.broadcast(F, -0.35896188f))
                .fma(f, FloatVector.broadcast(F, 0.48046502f))
                .fma(f, FloatVector.broadcast(F, -0.7213759f))
                .fma(f, FloatVector.broadcast(F, 1.4426997f))
                .fma(f, e);
    }
}
