package io.viewal.worker.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * How predictions are packed into bits: a row for each pixel, its classes side by side in three bytes each and one bit more
 * behind them, so that a hit reads two cache lines for 40 classes, where float32 would fill three. The row of 40 classes:
 *
 * <pre>
 *   byte   0   3   6        117      120         125        128
 *          | class 0 | class 1 | … | class 39 | last bits | lack |
 *          24 bits each, little-endian          1 a class   24 bits, signed
 *
 *   class  bit 23 … 19   bit 18 … 0    and in the last bits
 *          exponent      mantissa      the mantissa's 20th bit
 * </pre>
 *
 * <p>A probability p is kept as p + 1e−8, which view divergence takes logarithms of, in floating point with 5 bits of
 * exponent and 19 of mantissa: the bits 27 to 4 of a float 2⁹⁶ times smaller. The lowest four bits of that float repeat
 * others, since bytes of a vector can be rearranged at no cost, but not cleared. So p + 1e−8 is kept but for 0.8 · 2⁻¹⁹ of
 * it, or 0.3 · 2⁻¹⁹ with the bit behind, and 0 is kept as it is. The bit is for a pixel's own probabilities, which view
 * divergence multiplies by logarithms of up to 27. For the same reason the last three bytes of a row say how much more its
 * probabilities summed up to than what is kept of them.
 *
 * @param classes of a prediction
 * @param stride classes, and some of probability 0 up to a multiple of {@value #ALIGNMENT}
 * @param rowBytes bytes of a row
 */
public record ProbabilityLayout(int classes, int stride, int rowBytes) {

    /** Classes are padded to a multiple of this, so that no vector loop has a tail, and a byte has their last bits. */
    public static final int ALIGNMENT = 8;

    /** Bytes beyond the last row that may be read. */
    public static final int MARGIN = 64;

    /** Bytes of a class. */
    static final int BYTES = 3;

    /** Bytes that say what was not kept. */
    private static final int LACK_BYTES = 3;

    /** Bytes of a cache line. */
    public static final int LINE = 64;

    /** What is kept is this much smaller than it is. */
    static final float SCALE = 0x1p96f;

    /** Bits of a float below what is kept. */
    static final int SHIFT = 4;

    /** A step of what the last three bytes say: relative to the sum of what is kept. */
    static final float LACK_STEP = 0x1p-42f;

    /** What the bit behind adds to a float's bits. */
    static final int STEP = 1 << SHIFT - 1;

    private static final int BIAS = 96 << 23;
    private static final int LOWEST_BYTE = 0xff;

    /** What is added to a probability: {@link Consensus#DIVERGENCE_FLOOR} as it is kept. */
    static final float FLOOR = kept(pack((float) Consensus.DIVERGENCE_FLOOR) >>> 1);

    private static final ValueLayout.OfInt UNALIGNED =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    public static ProbabilityLayout of(int classes) {
        int stride = (classes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        int bytes = stride * BYTES + stride / ALIGNMENT + LACK_BYTES;
        int lines = (bytes + LINE - 1) / LINE * LINE;
        // Whole lines, where three quarters are full: a row that begins within one may reach into another.
        return new ProbabilityLayout(classes, stride, lines - bytes <= lines / 4 ? lines : bytes);
    }

    /** Where the last bits of a row's classes begin, from the row's beginning; the first class has the lowest bit. */
    int lastBits() {
        return stride * BYTES;
    }

    /** Where a row's last three bytes are. */
    private int lack() {
        return lastBits() + stride / ALIGNMENT;
    }

    /**
     * Writes a probability into rows.
     *
     * @param p from 0 to less than 2
     * @return what is kept of it
     */
    public float put(byte[] rows, int row, int c, float p) {
        int packed = pack(p + FLOOR);
        int bits = packed >>> 1;
        write(rows, row * rowBytes + c * BYTES, bits);
        int last = row * rowBytes + lastBits() + c / ALIGNMENT;
        int bit = c % ALIGNMENT;
        rows[last] = (byte) (rows[last] & ~(1 << bit) | (packed & 1) << bit);
        return probability(bits, packed & 1);
    }

    /**
     * Writes how much of a row was not kept.
     *
     * @param sum of its probabilities
     * @param kept the sum of what is kept of them
     */
    public void putLack(byte[] rows, int row, double sum, double kept) {
        write(rows, row * rowBytes + lack(), (int) Math.round((sum / kept - 1) / LACK_STEP));
    }

    /** Writes the lowest 24 bits. */
    private static void write(byte[] rows, int at, int bits) {
        rows[at] = (byte) bits;
        rows[at + 1] = (byte) (bits >> 8);
        rows[at + 2] = (byte) (bits >> 16);
    }

    /** How much of a row was not kept, relative to what is. */
    float lack(MemorySegment volume, long row) {
        return (volume.get(UNALIGNED, row * rowBytes + lack() - 1) >> 8) * LACK_STEP;
    }

    /** The probability of a class in a row of a volume. */
    public float get(MemorySegment volume, long row, int c) {
        long at = row * rowBytes;
        int last = volume.get(ValueLayout.JAVA_BYTE, at + lastBits() + c / ALIGNMENT) >> c % ALIGNMENT & 1;
        return probability(volume.get(UNALIGNED, at + c * BYTES), last);
    }

    /** @param bits of which the lowest 24 count */
    private static float probability(int bits, int last) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(kept(bits)) + last * STEP) - FLOOR;
    }

    /** The 25 bits of a number from 2⁻³¹ to less than 2. */
    private static int pack(float number) {
        int bits = Float.floatToRawIntBits(number) - BIAS;
        int repeated = (bits >>> SHIFT & LOWEST_BYTE) >>> SHIFT;
        return bits - repeated + STEP / 2 >>> SHIFT - 1;
    }

    /** @param bits of which the lowest 24 count */
    private static float kept(int bits) {
        return Float.intBitsToFloat(((bits << 8 | bits & LOWEST_BYTE) >>> SHIFT) + BIAS);
    }
}
