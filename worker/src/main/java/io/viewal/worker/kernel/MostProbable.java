package io.viewal.worker.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The most probable class of pixels, with the vector unit: the greatest value first, then the first class that has it. */
public final class MostProbable {

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_256;
    private static final int LANES = ProbabilityLayout.ALIGNMENT;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private MostProbable() {}

    /**
     * Finds the classes of a run of pixels; the lower id on a tie.
     *
     * @param volume predictions, see {@link Consensus}; no NaN, at least one number above 0 a pixel
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

    private static int first(MemorySegment volume, long offset, int stride) {
        FloatVector greatest = FloatVector.fromMemorySegment(F, volume, offset, ORDER);
        for (int c = LANES; c < stride; c += LANES) {
            greatest = greatest.max(FloatVector.fromMemorySegment(F, volume, offset + (long) c * Float.BYTES, ORDER));
        }
        // A maximum is the same number in whatever order it is taken.
        float most = greatest.reduceLanes(VectorOperators.MAX);
        for (int c = 0; c < stride; c += LANES) {
            VectorMask<Float> found = FloatVector.fromMemorySegment(F, volume, offset + (long) c * Float.BYTES, ORDER)
                    .compare(VectorOperators.EQ, most);
            if (found.anyTrue()) {
                return c + found.firstTrue();
            }
        }
        throw new IllegalArgumentException("A pixel's probabilities are no numbers");
    }
}
