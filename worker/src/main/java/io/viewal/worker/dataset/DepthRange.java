package io.viewal.worker.dataset;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The distribution of a scene's known depths, to within 0.8% of each. Safe for use by several threads.
 */
public final class DepthRange {

    /** What cameras for rooms and streets measure; a unit that puts the middle of a scene elsewhere is another one. */
    private static final double NEAREST_MEDIAN = 0.1;

    private static final double FARTHEST_MEDIAN = 100;

    /** Sign, exponent and the first bits of the fraction of a float: a step of at most 1/128 of its value. */
    private static final int SHIFT = 16;

    private static final int STEPS = 1 << (Integer.SIZE - SHIFT);

    private final long[] counts = new long[STEPS];
    private long known;

    /** Adds depths; those that are not positive are unknown. */
    public synchronized void add(float[] metres) {
        for (float depth : metres) {
            add(depth, 1);
        }
    }

    /** Adds depths as they are stored. */
    public synchronized void add(char[] units, double metresAUnit) {
        int[] counted = new int[1 << Character.SIZE];
        for (char unit : units) {
            counted[unit]++;
        }
        for (int unit = 1; unit < counted.length; unit++) {
            add((float) (unit * metresAUnit), counted[unit]);
        }
    }

    private void add(float metres, int count) {
        if (metres > 0) {
            counts[Float.floatToRawIntBits(metres) >>> SHIFT] += count;
            known += count;
        }
    }

    /** How many depths are known. */
    public synchronized long known() {
        return known;
    }

    /** The depth that this share of the known ones is not beyond; empty when none is known. */
    public synchronized OptionalDouble percentile(double share) {
        if (known == 0) {
            return OptionalDouble.empty();
        }
        long left = (long) Math.max(1, Math.ceil(share * known));
        int step = 0;
        while (left > counts[step]) {
            left -= counts[step++];
        }
        // The middle of the step.
        return OptionalDouble.of(Float.intBitsToFloat((step << SHIFT) + (1 << (SHIFT - 1))));
    }

    /**
     * Fails when the unit can't be right.
     *
     * @throws InvalidInputException when the median lies outside {@value #NEAREST_MEDIAN} to {@value #FARTHEST_MEDIAN} metres
     */
    public void requirePlausible() {
        double median = percentile(0.5).orElse(1);
        if (median < NEAREST_MEDIAN || median > FARTHEST_MEDIAN) {
            throw new InvalidInputException(
                    Reason.InvalidDataset,
                    String.format(
                            Locale.ROOT,
                            "half of its depth lies within %.4g m, expected a median of 0.1 to 100 m: correct the unit"
                                    + " of depth, or confirm it by --depth-scale (source.depthScale), in metres a unit",
                            median));
        }
    }
}
