package io.viewal.worker.report;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.TTest;

/**
 * The pairwise penalty matrix of active learning (Ash et al., Deep Batch Active Learning by Diverse, Uncertain Gradient
 * Lower Bounds, ICLR 2020, section 4; used by nnActive, Lüth et al., 2025): an arm is penalised by the share of rounds in
 * which another one is better than it, by a two-sided t-test of their scores paired by seed at the level of 0.05. Rounds
 * whose training both share are no comparison and don't count.
 */
final class PairwisePenalties {

    private static final double LEVEL = 0.05;

    private PairwisePenalties() {}

    /**
     * The matrix.
     *
     * @param arms runs of each arm
     * @param last round that is compared
     * @return [winner, penalised], 0 to 1; NaN where an arm meets itself and where no round can be compared
     */
    static double[][] of(List<List<Run>> arms, int last) {
        double[][] penalties = new double[arms.size()][arms.size()];
        for (int i = 0; i < arms.size(); i++) {
            for (int j = 0; j < arms.size(); j++) {
                penalties[i][j] = i == j ? Double.NaN : penalty(new Pairs(arms.get(i), arms.get(j)), last);
            }
        }
        return penalties;
    }

    private static double penalty(Pairs pairs, int last) {
        return IntStream.rangeClosed(0, last)
                .mapToObj(round -> pairs.different(round, run -> run.score(round)))
                .filter(differences -> differences.length > 1)
                .mapToDouble(differences -> better(differences) ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    /** Whether the differences are above zero. */
    static boolean better(double[] differences) {
        double mean = IntStream.range(0, differences.length)
                .mapToDouble(i -> differences[i])
                .average()
                .orElse(0);
        return mean > 0 && TTest.withDefaults().test(differences).getPValue() < LEVEL;
    }
}
