package io.viewal.worker.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The most probable class of pixels, with the vector unit: the greatest value first, then the first class that has it. */
public final class MostProbable {

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_256;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_256;
    private static final IntVector LANE = IntVector.zero(I).addIndex(1);
    private static final int LANES = ProbabilityLayout.ALIGNMENT;
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

    /** Without branches, which would be taken by chance. */
    private static int first(MemorySegment volume, long offset, int stride) {
        FloatVector greatest = FloatVector.fromMemorySegment(F, volume, offset, ORDER);
        IntVector classes = IntVector.zero(I);
        for (int c = LANES; c < stride; c += LANES) {
            FloatVector p = FloatVector.fromMemorySegment(F, volume, offset + (long) c * Float.BYTES, ORDER);
            VectorMask<Float> greater = p.compare(VectorOperators.GT, greatest);
            greatest = greatest.blend(p, greater);
            classes = classes.blend(c, greater.cast(I));
        }
        // A maximum and a minimum are the same numbers in whatever order they are taken.
        VectorMask<Float> most = greatest.compare(VectorOperators.EQ, greatest.reduceLanes(VectorOperators.MAX));
        return classes.add(LANE).reduceLanes(VectorOperators.MIN, most.cast(I));
    }
}
