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

    /** Classes that are summed at a time: 40 are once through. */
    private static final int PANEL = 5 * LANES;

    private static final long BYTES = LANES * Float.BYTES;
    private static final int MANTISSA_BITS = 23;
    private static final int MANTISSA = (1 << MANTISSA_BITS) - 1;
    private static final int BIAS = 127;

    /** Bits of √½: mantissas are taken from [√½, √2). */
    private static final int SQRT_HALF = 0x3f3504f3;

    /** Pixels that are scored at a time: their sums stay in the first-level cache. */
    private static final int BLOCK = 16;

    private Sums sums;

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
        if (sums == null || sums.stride != stride) {
            sums = new Sums(stride);
        }
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
            int c = 0;
            for (; c + PANEL <= stride; c += PANEL) {
                addPanel(volume, c, hits, first, last, mean, pixel * stride + c);
            }
            for (; c < stride; c += LANES) {
                addLanes(volume, c, hits, first, last, mean, pixel * stride + c);
            }
        }

        /**
         * {@link #addLanes} for five times as many classes: a hit's row is looked up once, and its lines follow. Written out,
         * since the compiler keeps vectors in registers only as local variables.
         */
        private void addPanel(MemorySegment volume, int c, int[] hits, int first, int last, float mean, int at) {
            FloatVector s0 = FloatVector.zero(F);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            FloatVector s4 = s0;
            FloatVector m0 = FloatVector.broadcast(F, 1f);
            FloatVector m1 = m0;
            FloatVector m2 = m0;
            FloatVector m3 = m0;
            FloatVector m4 = m0;
            IntVector e0 = IntVector.zero(I);
            IntVector e1 = e0;
            IntVector e2 = e0;
            IntVector e3 = e0;
            IntVector e4 = e0;
            for (int from = first; from < last; from += GROUP) {
                int to = Math.min(from + GROUP, last);
                for (int k = from; k < to; k++) {
                    long row = ((long) hits[k] * stride + c) * Float.BYTES;
                    FloatVector p0 = FloatVector.fromMemorySegment(F, volume, row, ORDER);
                    FloatVector p1 = FloatVector.fromMemorySegment(F, volume, row + BYTES, ORDER);
                    FloatVector p2 = FloatVector.fromMemorySegment(F, volume, row + 2 * BYTES, ORDER);
                    FloatVector p3 = FloatVector.fromMemorySegment(F, volume, row + 3 * BYTES, ORDER);
                    FloatVector p4 = FloatVector.fromMemorySegment(F, volume, row + 4 * BYTES, ORDER);
                    s0 = s0.add(p0);
                    s1 = s1.add(p1);
                    s2 = s2.add(p2);
                    s3 = s3.add(p3);
                    s4 = s4.add(p4);
                    m0 = m0.mul(p0.add(FLOOR));
                    m1 = m1.mul(p1.add(FLOOR));
                    m2 = m2.mul(p2.add(FLOOR));
                    m3 = m3.mul(p3.add(FLOOR));
                    m4 = m4.mul(p4.add(FLOOR));
                }
                IntVector b0 = m0.reinterpretAsInts();
                IntVector b1 = m1.reinterpretAsInts();
                IntVector b2 = m2.reinterpretAsInts();
                IntVector b3 = m3.reinterpretAsInts();
                IntVector b4 = m4.reinterpretAsInts();
                e0 = e0.add(b0.lanewise(VectorOperators.ASHR, MANTISSA_BITS));
                e1 = e1.add(b1.lanewise(VectorOperators.ASHR, MANTISSA_BITS));
                e2 = e2.add(b2.lanewise(VectorOperators.ASHR, MANTISSA_BITS));
                e3 = e3.add(b3.lanewise(VectorOperators.ASHR, MANTISSA_BITS));
                e4 = e4.add(b4.lanewise(VectorOperators.ASHR, MANTISSA_BITS));
                m0 = b0.and(MANTISSA).or(BIAS << MANTISSA_BITS).reinterpretAsFloats();
                m1 = b1.and(MANTISSA).or(BIAS << MANTISSA_BITS).reinterpretAsFloats();
                m2 = b2.and(MANTISSA).or(BIAS << MANTISSA_BITS).reinterpretAsFloats();
                m3 = b3.and(MANTISSA).or(BIAS << MANTISSA_BITS).reinterpretAsFloats();
                m4 = b4.and(MANTISSA).or(BIAS << MANTISSA_BITS).reinterpretAsFloats();
            }
            int bias = (last - first + GROUP - 1) / GROUP * BIAS;
            s0.mul(mean).intoArray(means, at);
            s1.mul(mean).intoArray(means, at + LANES);
            s2.mul(mean).intoArray(means, at + 2 * LANES);
            s3.mul(mean).intoArray(means, at + 3 * LANES);
            s4.mul(mean).intoArray(means, at + 4 * LANES);
            m0.intoArray(products, at);
            m1.intoArray(products, at + LANES);
            m2.intoArray(products, at + 2 * LANES);
            m3.intoArray(products, at + 3 * LANES);
            m4.intoArray(products, at + 4 * LANES);
            ((FloatVector) e0.sub(bias).convert(VectorOperators.I2F, 0)).intoArray(exponents, at);
            ((FloatVector) e1.sub(bias).convert(VectorOperators.I2F, 0)).intoArray(exponents, at + LANES);
            ((FloatVector) e2.sub(bias).convert(VectorOperators.I2F, 0)).intoArray(exponents, at + 2 * LANES);
            ((FloatVector) e3.sub(bias).convert(VectorOperators.I2F, 0)).intoArray(exponents, at + 3 * LANES);
            ((FloatVector) e4.sub(bias).convert(VectorOperators.I2F, 0)).intoArray(exponents, at + 4 * LANES);
        }

        private void addLanes(MemorySegment volume, int c, int[] hits, int first, int last, float mean, int at) {
            long bytes = (long) stride * Float.BYTES;
            FloatVector sum = FloatVector.zero(F);
            FloatVector product = FloatVector.broadcast(F, 1f);
            IntVector exponent = IntVector.zero(I);
            for (int from = first; from < last; from += GROUP) {
                int to = Math.min(from + GROUP, last);
                for (int k = from; k < to; k++) {
                    FloatVector p = FloatVector.fromMemorySegment(F, volume, hits[k] * bytes + c * Float.BYTES, ORDER);
                    sum = sum.add(p);
                    product = product.mul(p.add(FLOOR));
                }
                IntVector bits = product.reinterpretAsInts();
                exponent = exponent.add(bits.lanewise(VectorOperators.ASHR, MANTISSA_BITS));
                product = bits.and(MANTISSA).or(BIAS << MANTISSA_BITS).reinterpretAsFloats();
            }
            int bias = (last - first + GROUP - 1) / GROUP * BIAS;
            sum.mul(mean).intoArray(means, at);
            product.intoArray(products, at);
            ((FloatVector) exponent.sub(bias).convert(VectorOperators.I2F, 0)).intoArray(exponents, at);
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
