package io.viewal.worker.report;

import java.util.Arrays;

/**
 * The exact permutation test of paired differences (Fisher, The Design of Experiments, 1935, section 21): if two arms were
 * alike, each difference could as well have the other sign. Two-sided: the share of all choices of signs whose sum is as
 * far from zero as the one seen. It assumes nothing of how scores are distributed, and says nothing that so few seeds can't
 * carry.
 */
final class SignFlipTest {

    /** Pairs beyond which there are too many choices of signs; of more, the first so many count. */
    static final int MOST_PAIRS = 20;

    /** Sums that differ by less than this share are equal: they are of the same numbers in another order. */
    private static final double EQUAL = 1e-12;

    private SignFlipTest() {}

    /** The least p that so many pairs allow: the seen signs and their opposite, of all. */
    static double leastP(int pairs) {
        return Math.min(1, 2 * Math.pow(0.5, Math.min(pairs, MOST_PAIRS)));
    }

    /** The p-value; NaN without a difference. */
    static double p(double[] differences) {
        if (differences.length == 0) {
            return Double.NaN;
        }
        double[] d = Arrays.copyOf(differences, Math.min(differences.length, MOST_PAIRS));
        double all = Arrays.stream(d).map(Math::abs).sum();
        double seen = Math.abs(Arrays.stream(d).sum()) - EQUAL * all;
        int choices = 1 << d.length;
        int asFar = 0;
        for (int signs = 0; signs < choices; signs++) {
            double sum = 0;
            for (int i = 0; i < d.length; i++) {
                sum += (signs >> i & 1) == 0 ? d[i] : -d[i];
            }
            asFar += Math.abs(sum) >= seen ? 1 : 0;
        }
        return (double) asFar / choices;
    }
}
