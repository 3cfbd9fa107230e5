package io.viewal.worker.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The most probable class of pixels, with the vector unit. */
public final class MostProbable {

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
    private static final int LANES = F.length();

    private MostProbable() {}

    /**
     * Finds the most probable class of every pixel of a frame; the lower id on a tie.
     *
     * @param probabilities float32 [classes, pixels]; no NaN
     * @return uint8 [pixels]
     */
    public static byte[] of(float[] probabilities, int classes) {
        int pixels = probabilities.length / classes;
        byte[] found = new byte[pixels];
        int[] lanes = new int[LANES];
        int pixel = 0;
        for (; pixel + LANES <= pixels; pixel += LANES) {
            FloatVector most = FloatVector.fromArray(F, probabilities, pixel);
            IntVector first = IntVector.zero(I);
            for (int c = 1; c < classes; c++) {
                FloatVector p = FloatVector.fromArray(F, probabilities, c * pixels + pixel);
                VectorMask<Float> greater = p.compare(VectorOperators.GT, most);
                most = most.blend(p, greater);
                first = first.blend(c, greater.cast(I));
            }
            first.intoArray(lanes, 0);
            for (int lane = 0; lane < LANES; lane++) {
                found[pixel + lane] = (byte) lanes[lane];
            }
        }
        for (; pixel < pixels; pixel++) {
            found[pixel] = (byte) first(probabilities, classes, pixels, pixel);
        }
        return found;
    }

    private static int first(float[] probabilities, int classes, int pixels, int pixel) {
        int first = 0;
        for (int c = 1; c < classes; c++) {
            if (probabilities[c * pixels + pixel] > probabilities[first * pixels + pixel]) {
                first = c;
            }
        }
        return first;
    }
}
