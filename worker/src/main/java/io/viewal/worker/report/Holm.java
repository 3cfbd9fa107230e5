package io.viewal.worker.report;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * P-values of several tests, raised so that the chance of any false one stays at the level (Holm, A Simple Sequentially
 * Rejective Multiple Test Procedure, Scandinavian Journal of Statistics 6, 1979).
 */
final class Holm {

    private Holm() {}

    /** The adjusted p-values in the same order; NaN stays NaN and counts for no test. */
    static double[] adjusted(double[] p) {
        int[] ascending = IntStream.range(0, p.length)
                .filter(i -> !Double.isNaN(p[i]))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = p.clone();
        double least = 0;
        for (int rank = 0; rank < ascending.length; rank++) {
            least = Math.max(least, Math.min(1, (ascending.length - rank) * p[ascending[rank]]));
            adjusted[ascending[rank]] = least;
        }
        return adjusted;
    }
}
