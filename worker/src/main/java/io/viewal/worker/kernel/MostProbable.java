package io.viewal.worker.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The most probable class of pixels, with the vector unit: the greatest value first, then the first class that has it. */
public final class MostProbable {

    private static final VectorSpecies<Integer> I = IntVector.SPECIES_256;
    private static final int LANES = ProbabilityLayout.ALIGNMENT;
    private static final int PANEL = 5 * LANES;
    private static final long BYTES = LANES * Float.BYTES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private MostProbable() {}

    /**
     * Finds the classes of a run of pixels; the lower id on a tie.
     *
     * @param volume predictions, see {@link Consensus}; no NaN
     * @param stride floats a pixel
     * @param row in the volume of the first pixel
     * @param pixels how many
     * @param classes overwritten: uint8 [pixels]
     */
    public static void of(MemorySegment volume, int stride, long row, int pixels, byte[] classes) {
        for (int pixel = 0; pixel < pixels; pixel++) {
            classes[pixel] = (byte) first(volume, (row + pixel) * stride * Float.BYTES, stride);
        }
    }

    /**
     * Without branches, which would be taken by chance, and five vectors at a time. Numbers from 0 are in the order of their
     * bits, whose greatest is one instruction.
     */
    private static int first(MemorySegment volume, long offset, int stride) {
        int most = -1;
        int first = 0;
        int c = 0;
        for (; c + PANEL <= stride; c += PANEL) {
            long panel = offset + (long) c * Float.BYTES;
            IntVector p0 = IntVector.fromMemorySegment(I, volume, panel, ORDER);
            IntVector p1 = IntVector.fromMemorySegment(I, volume, panel + BYTES, ORDER);
            IntVector p2 = IntVector.fromMemorySegment(I, volume, panel + 2 * BYTES, ORDER);
            IntVector p3 = IntVector.fromMemorySegment(I, volume, panel + 3 * BYTES, ORDER);
            IntVector p4 = IntVector.fromMemorySegment(I, volume, panel + 4 * BYTES, ORDER);
            int greatest = p0.max(p1).max(p2.max(p3)).max(p4).reduceLanes(VectorOperators.MAX);
            long lanes = p0.compare(VectorOperators.EQ, greatest).toLong()
                    | p1.compare(VectorOperators.EQ, greatest).toLong() << LANES
                    | p2.compare(VectorOperators.EQ, greatest).toLong() << 2 * LANES
                    | p3.compare(VectorOperators.EQ, greatest).toLong() << 3 * LANES
                    | p4.compare(VectorOperators.EQ, greatest).toLong() << 4 * LANES;
            first = greatest > most ? c + Long.numberOfTrailingZeros(lanes) : first;
            most = Math.max(most, greatest);
        }
        for (; c < stride; c += LANES) {
            IntVector p = IntVector.fromMemorySegment(I, volume, offset + (long) c * Float.BYTES, ORDER);
            int greatest = p.reduceLanes(VectorOperators.MAX);
            long lanes = p.compare(VectorOperators.EQ, greatest).toLong();
            first = greatest > most ? c + Long.numberOfTrailingZeros(lanes) : first;
            most = Math.max(most, greatest);
        }
        return first;
    }
}
