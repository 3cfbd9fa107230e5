package io.viewal.worker.kernel;

import static io.viewal.worker.kernel.ProbabilityLayout.BYTES;
import static io.viewal.worker.kernel.ProbabilityLayout.FLOOR;
import static io.viewal.worker.kernel.ProbabilityLayout.LINE;
import static io.viewal.worker.kernel.ProbabilityLayout.SCALE;
import static io.viewal.worker.kernel.ProbabilityLayout.SHIFT;
import static io.viewal.worker.kernel.ProbabilityLayout.STEP;
import static io.viewal.worker.kernel.VectorLogarithm.MANTISSA_BITS;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ScalarConsensus} with the vector unit in single precision: as many classes at a time as have sums in registers,
 * so that 40 classes of a prediction are read at once where vectors are wide. The sum of a pixel's logarithms is taken as
 * the logarithm of a product of ratios, whose exponent is moved into an integer after every fourth factor, so that a hit
 * costs a multiplication and a pixel two logarithms a class, by a polynomial. Differs from the reference by at most 1e−5
 * bits.
 */
public final class VectorConsensus implements Consensus {

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_256;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_256;
    private static final VectorSpecies<Byte> B = ByteVector.SPECIES_256;
    private static final VectorShuffle<Byte> UNPACK = unpack(B);
    private static final int LANES = ProbabilityLayout.ALIGNMENT;

    /** For what is done number by number, where the width makes no difference to the result. */
    private static final VectorSpecies<Float> WIDE = FloatVector.SPECIES_PREFERRED;

    private static final VectorSpecies<Integer> WIDE_I = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Byte> WIDE_B = ByteVector.SPECIES_PREFERRED;
    private static final VectorShuffle<Byte> WIDE_UNPACK = unpack(WIDE_B);
    private static final int WIDE_LANES = WIDE.length();
    private static final int WIDE_BYTES = WIDE_LANES * BYTES;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final ValueLayout.OfLong BITS = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ORDER);

    /** Ratios that are multiplied before the product is split: four of 1e−8 or of 1e8 times a mantissa are still normal. */
    private static final int GROUP = 4;

    /** Classes whose hits are read at a time: 40 with vectors of 16 numbers. */
    private static final int PANEL = 2 * WIDE_LANES + LANES;

    private static final boolean PANELS = Processor.rearranges(WIDE_B);

    /** Each lane with another one's number: half a vector away, a quarter and an eighth. */
    private static final VectorShuffle<Float> HALVES = VectorShuffle.fromOp(F, i -> i ^ LANES / 2);

    private static final VectorShuffle<Float> QUARTERS = VectorShuffle.fromOp(F, i -> i ^ LANES / 4);
    private static final VectorShuffle<Float> EIGHTHS = VectorShuffle.fromOp(F, i -> i ^ LANES / 8);

    /** Vectors that are added up two by two. */
    private static final int SUM = 5 * LANES;

    private static final int MANTISSA = (1 << MANTISSA_BITS) - 1;
    private static final int BIAS = 127;

    /** Pixels that are scored at a time: their predictions and sums stay in the first-level cache. */
    private static final int BLOCK = 16;

    private Sums sums;

    /** The three bytes of each class, the lowest of them twice: {@link ProbabilityLayout}. */
    private static VectorShuffle<Byte> unpack(VectorSpecies<Byte> species) {
        return VectorShuffle.fromOp(species, i -> i / Float.BYTES * BYTES + Math.max(0, i % Float.BYTES - 1));
    }

    @Override
    public void score(
            MemorySegment volume,
            ProbabilityLayout layout,
            long own,
            int[] start,
            int[] hits,
            int from,
            int to,
            float[] entropy,
            float[] divergence) {
        if (sums == null || !sums.layout.equals(layout)) {
            sums = new Sums(layout);
        }
        for (int pixel = from; pixel < to; pixel += BLOCK) {
            int count = Math.min(BLOCK, to - pixel);
            sums.fetch(volume, hits, start[pixel], start[pixel + count]);
            sums.take(own, start, hits, pixel, count);
            sums.add(volume, own, start, hits);
            sums.score(volume, own, start, pixel - from, count, entropy, divergence);
        }
    }

    /**
     * What is known of the classes of a block of pixels. Loops are kept apart and short, for the compiler to keep vectors
     * in registers.
     */
    private static final class Sums {

        private final ProbabilityLayout layout;
        private final int stride;
        private final long rowBytes;
        private final float[] own;
        private final float[] means;
        private final float[] products;
        private final int[] exponents;
        private final int[] none;
        private final float[] sums = new float[BLOCK];

        /** Pixels that others hit, and after them those that are hit by themselves alone: of these there are only means. */
        private final int[] pixels = new int[BLOCK];

        private int compared;
        private int hit;

        /** The block's first pixel. */
        private int first;

        /** Of no meaning; keeps what computes it from being left out. */
        private int fetched;

        Sums(ProbabilityLayout layout) {
            this.layout = layout;
            this.stride = layout.stride();
            this.rowBytes = layout.rowBytes();
            this.own = new float[BLOCK * stride];
            this.means = new float[BLOCK * stride];
            this.products = new float[BLOCK * stride];
            this.exponents = new int[BLOCK * stride];
            this.none = new int[BLOCK * stride];
        }

        /**
         * Reads a number of each cache line of some hits' predictions. They come from memory side by side then, and not
         * after one another, since a processor looks ahead no farther than to the next pixel.
         */
        void fetch(MemorySegment volume, int[] hits, int from, int to) {
            int sum = 0;
            int line = 0;
            for (; line + LINE < rowBytes; line += 2 * LINE) {
                for (int k = from; k < to; k++) {
                    long at = hits[k] * rowBytes + line;
                    sum += volume.get(ValueLayout.JAVA_INT_UNALIGNED, at)
                            + volume.get(ValueLayout.JAVA_INT_UNALIGNED, at + LINE);
                }
            }
            for (; line < rowBytes; line += LINE) {
                for (int k = from; k < to; k++) {
                    sum += volume.get(ValueLayout.JAVA_INT_UNALIGNED, hits[k] * rowBytes + line);
                }
            }
            fetched = sum;
        }

        /** Goes on to a block: finds those of its pixels that are hit. */
        void take(long ownRow, int[] start, int[] hits, int firstPixel, int count) {
            first = firstPixel;
            compared = 0;
            int alone = BLOCK;
            for (int pixel = first; pixel < first + count; pixel++) {
                int from = start[pixel];
                int of = start[pixel + 1] - from;
                if (of == 1 && hits[from] == ownRow + pixel) {
                    pixels[--alone] = pixel;
                } else if (of > 0) {
                    pixels[compared++] = pixel;
                }
            }
            hit = compared + BLOCK - alone;
            System.arraycopy(pixels, alone, pixels, compared, BLOCK - alone);
        }

        /** Sums the predictions of each pixel's hits and multiplies their ratios to the pixel's own. */
        void add(MemorySegment volume, long ownRow, int[] start, int[] hits) {
            int c = 0;
            for (; PANELS && c + PANEL <= stride; c += PANEL) {
                addPanel(volume, c, ownRow, start, hits);
            }
            for (; c < stride; c += LANES) {
                addLanes(volume, c, ownRow, start, hits);
            }
            for (int i = compared; i < hit; i++) {
                long row = (ownRow + pixels[i]) * rowBytes;
                for (c = 0; c < stride; c += LANES) {
                    ByteVector.fromMemorySegment(B, volume, row + c * BYTES, ORDER)
                            .rearrange(UNPACK)
                            .reinterpretAsInts()
                            .lanewise(VectorOperators.LSHR, SHIFT)
                            .reinterpretAsFloats()
                            .fma(SCALE, -FLOOR)
                            .intoArray(means, i * stride + c);
                }
            }
        }

        /**
         * {@link #addLanes} for two wide vectors and a narrow one, so that a hit's row is looked up once for 40 classes.
         * Written out, since the compiler keeps vectors in registers only as local variables.
         */
        private void addPanel(MemorySegment volume, int c, long ownRow, int[] start, int[] hits) {
            FloatVector ones = FloatVector.broadcast(WIDE, 1f);
            FloatVector one = FloatVector.broadcast(F, 1f);
            for (int i = 0; i < compared; i++) {
                int pixel = pixels[i];
                int at = i * stride + c;
                int from = start[pixel];
                int end = start[pixel + 1];
                int itself = hits[from] == ownRow + pixel ? 1 : 0;
                long ownAt = (ownRow + pixel) * rowBytes + c * BYTES;
                long last = lastBits(volume, ownRow + pixel, c);
                FloatVector o0 = ByteVector.fromMemorySegment(WIDE_B, volume, ownAt, ORDER)
                        .rearrange(WIDE_UNPACK)
                        .reinterpretAsInts()
                        .lanewise(VectorOperators.LSHR, SHIFT)
                        .add(STEP, VectorMask.fromLong(WIDE_I, last))
                        .reinterpretAsFloats();
                FloatVector o1 = ByteVector.fromMemorySegment(WIDE_B, volume, ownAt + WIDE_BYTES, ORDER)
                        .rearrange(WIDE_UNPACK)
                        .reinterpretAsInts()
                        .lanewise(VectorOperators.LSHR, SHIFT)
                        .add(STEP, VectorMask.fromLong(WIDE_I, last >>> WIDE_LANES))
                        .reinterpretAsFloats();
                FloatVector o2 = ByteVector.fromMemorySegment(B, volume, ownAt + 2 * WIDE_BYTES, ORDER)
                        .rearrange(UNPACK)
                        .reinterpretAsInts()
                        .lanewise(VectorOperators.LSHR, SHIFT)
                        .add(STEP, VectorMask.fromLong(I, last >>> 2 * WIDE_LANES))
                        .reinterpretAsFloats();
                o0.fma(SCALE, -FLOOR).intoArray(own, at);
                o1.fma(SCALE, -FLOOR).intoArray(own, at + WIDE_LANES);
                o2.fma(SCALE, -FLOOR).intoArray(own, at + 2 * WIDE_LANES);
                FloatVector r0 = ones.div(o0);
                FloatVector r1 = ones.div(o1);
                FloatVector r2 = one.div(o2);
                FloatVector s0 = o0.mul(itself);
                FloatVector s1 = o1.mul(itself);
                FloatVector s2 = o2.mul(itself);
                FloatVector m0 = ones;
                FloatVector m1 = ones;
                FloatVector m2 = one;
                IntVector e0 = IntVector.zero(WIDE_I);
                IntVector e1 = IntVector.zero(WIDE_I);
                IntVector e2 = IntVector.zero(I);
                int bias = 0;
                int k = from + itself;
                while (true) {
                    long row = hits[k] * rowBytes + c * BYTES;
                    FloatVector p0 = ByteVector.fromMemorySegment(WIDE_B, volume, row, ORDER)
                            .rearrange(WIDE_UNPACK)
                            .reinterpretAsInts()
                            .lanewise(VectorOperators.LSHR, SHIFT)
                            .reinterpretAsFloats();
                    FloatVector p1 = ByteVector.fromMemorySegment(WIDE_B, volume, row + WIDE_BYTES, ORDER)
                            .rearrange(WIDE_UNPACK)
                            .reinterpretAsInts()
                            .lanewise(VectorOperators.LSHR, SHIFT)
                            .reinterpretAsFloats();
                    FloatVector p2 = ByteVector.fromMemorySegment(B, volume, row + 2 * WIDE_BYTES, ORDER)
                            .rearrange(UNPACK)
                            .reinterpretAsInts()
                            .lanewise(VectorOperators.LSHR, SHIFT)
                            .reinterpretAsFloats();
                    s0 = s0.add(p0);
                    s1 = s1.add(p1);
                    s2 = s2.add(p2);
                    m0 = m0.mul(p0.mul(r0));
                    m1 = m1.mul(p1.mul(r1));
                    m2 = m2.mul(p2.mul(r2));
                    k++;
                    if (k == end) {
                        break;
                    }
                    if ((k - from & GROUP - 1) != 0) {
                        continue;
                    }
                    bias += BIAS;
                    IntVector b0 = m0.reinterpretAsInts();
                    IntVector b1 = m1.reinterpretAsInts();
                    IntVector b2 = m2.reinterpretAsInts();
                    e0 = e0.add(b0.lanewise(VectorOperators.ASHR, MANTISSA_BITS));
                    e1 = e1.add(b1.lanewise(VectorOperators.ASHR, MANTISSA_BITS));
                    e2 = e2.add(b2.lanewise(VectorOperators.ASHR, MANTISSA_BITS));
                    m0 = b0.and(MANTISSA).or(BIAS << MANTISSA_BITS).reinterpretAsFloats();
                    m1 = b1.and(MANTISSA).or(BIAS << MANTISSA_BITS).reinterpretAsFloats();
                    m2 = b2.and(MANTISSA).or(BIAS << MANTISSA_BITS).reinterpretAsFloats();
                }
                float mean = SCALE / (end - from);
                s0.fma(mean, -FLOOR).intoArray(means, at);
                s1.fma(mean, -FLOOR).intoArray(means, at + WIDE_LANES);
                s2.fma(mean, -FLOOR).intoArray(means, at + 2 * WIDE_LANES);
                m0.intoArray(products, at);
                m1.intoArray(products, at + WIDE_LANES);
                m2.intoArray(products, at + 2 * WIDE_LANES);
                e0.sub(bias).intoArray(exponents, at);
                e1.sub(bias).intoArray(exponents, at + WIDE_LANES);
                e2.sub(bias).intoArray(exponents, at + 2 * WIDE_LANES);
            }
        }

        /** The last bits of a row's classes, from a multiple of eight on. */
        private long lastBits(MemorySegment volume, long row, int c) {
            return volume.get(BITS, row * rowBytes + layout.lastBits() + c / ProbabilityLayout.ALIGNMENT);
        }

        private void addLanes(MemorySegment volume, int c, long ownRow, int[] start, int[] hits) {
            FloatVector one = FloatVector.broadcast(F, 1f);
            for (int i = 0; i < compared; i++) {
                int pixel = pixels[i];
                int at = i * stride + c;
                int from = start[pixel];
                int end = start[pixel + 1];
                int itself = hits[from] == ownRow + pixel ? 1 : 0;
                FloatVector prediction = ByteVector.fromMemorySegment(
                                B, volume, (ownRow + pixel) * rowBytes + c * BYTES, ORDER)
                        .rearrange(UNPACK)
                        .reinterpretAsInts()
                        .lanewise(VectorOperators.LSHR, SHIFT)
                        .add(STEP, VectorMask.fromLong(I, lastBits(volume, ownRow + pixel, c)))
                        .reinterpretAsFloats();
                prediction.fma(SCALE, -FLOOR).intoArray(own, at);
                FloatVector ratio = one.div(prediction);
                FloatVector sum = prediction.mul(itself);
                FloatVector product = one;
                IntVector exponent = IntVector.zero(I);
                int bias = 0;
                int k = from + itself;
                while (true) {
                    FloatVector p = ByteVector.fromMemorySegment(B, volume, hits[k] * rowBytes + c * BYTES, ORDER)
                            .rearrange(UNPACK)
                            .reinterpretAsInts()
                            .lanewise(VectorOperators.LSHR, SHIFT)
                            .reinterpretAsFloats();
                    sum = sum.add(p);
                    product = product.mul(p.mul(ratio));
                    k++;
                    if (k == end) {
                        break;
                    }
                    if ((k - from & GROUP - 1) != 0) {
                        continue;
                    }
                    bias += BIAS;
                    IntVector bits = product.reinterpretAsInts();
                    exponent = exponent.add(bits.lanewise(VectorOperators.ASHR, MANTISSA_BITS));
                    product = bits.and(MANTISSA).or(BIAS << MANTISSA_BITS).reinterpretAsFloats();
                }
                sum.fma(SCALE / (end - from), -FLOOR).intoArray(means, at);
                product.intoArray(products, at);
                exponent.sub(bias).intoArray(exponents, at);
            }
        }

        /** @param to where the first pixel's scores go */
        void score(
                MemorySegment volume,
                long ownRow,
                int[] start,
                int to,
                int count,
                float[] entropy,
                float[] divergence) {
            VectorLogarithm.timesLog2(means, means, (float) ENTROPY_FLOOR, none, hit * stride);
            VectorLogarithm.timesLog2(products, own, 0, exponents, compared * stride);
            Arrays.fill(entropy, to, to + count, 0);
            Arrays.fill(divergence, to, to + count, 0);
            sum(means, hit);
            for (int i = 0; i < hit; i++) {
                entropy[to + pixels[i] - first] = 0f - sums[i];
            }
            sum(products, compared);
            for (int i = 0; i < compared; i++) {
                int of = start[pixels[i] + 1] - start[pixels[i]];
                float kept = 0f - sums[i] * (1f / of);
                divergence[to + pixels[i] - first] = Math.fma(kept, layout.lack(volume, ownRow + pixels[i]), kept);
            }
        }

        /**
         * Sums over the classes of each of the first pixels, in a fixed order; reduceLanes may take another one when it is
         * compiled.
         */
        private void sum(float[] terms, int count) {
            for (int i = 0; i < count; i++) {
                FloatVector sum = FloatVector.zero(F);
                int c = i * stride;
                int end = c + stride;
                for (; c + SUM <= end; c += SUM) {
                    sum = sum.add(FloatVector.fromArray(F, terms, c)
                            .add(FloatVector.fromArray(F, terms, c + LANES))
                            .add(FloatVector.fromArray(F, terms, c + 2 * LANES)
                                    .add(FloatVector.fromArray(F, terms, c + 3 * LANES)))
                            .add(FloatVector.fromArray(F, terms, c + 4 * LANES)));
                }
                for (; c < end; c += LANES) {
                    sum = sum.add(FloatVector.fromArray(F, terms, c));
                }
                sum = sum.add(sum.rearrange(HALVES));
                sum = sum.add(sum.rearrange(QUARTERS));
                sums[i] = sum.add(sum.rearrange(EIGHTHS)).lane(0);
            }
        }
    }
}
