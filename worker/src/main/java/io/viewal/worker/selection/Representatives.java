package io.viewal.worker.selection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * MAXRPR's rule: from the candidates of highest score, twice as many as the budget pays for, time after time the one that
 * brings the chosen ones nearest to all candidates, labeled ones too: that makes the sum of the distances between the
 * features of each candidate and of the nearest chosen one least. Ties go to the candidate of higher score.
 */
public final class Representatives implements SelectionRule {

    private static final double POOL = 2;

    @Override
    public boolean comparesFeatures() {
        return true;
    }

    @Override
    public List<Integer> choose(Choices choices, LabelingBudget budget) {
        budget.require(choices);
        List<Integer> pool = choices.take(choices.openByScore(), budget.times(POOL));
        FeatureDistances distances = new FeatureDistances(choices.features());
        float[][] fromPool = pool.stream().map(distances::from).toArray(float[][]::new);
        float[] nearest = new float[choices.candidates().size()];
        Arrays.fill(nearest, Float.POSITIVE_INFINITY);
        List<Integer> chosen = new ArrayList<>();
        boolean[] taken = new boolean[fromPool.length];
        while (!budget.reached() && chosen.size() < fromPool.length) {
            int best = best(fromPool, taken, nearest);
            taken[best] = true;
            chosen.add(pool.get(best));
            budget.spend(choices.pixels(pool.get(best)));
            FeatureDistances.nearer(nearest, fromPool[best]);
        }
        return chosen;
    }

    private static int best(float[][] fromPool, boolean[] taken, float[] nearest) {
        double[] sums = new double[fromPool.length];
        Arrays.parallelSetAll(sums, i -> taken[i] ? Double.POSITIVE_INFINITY : sum(nearest, fromPool[i]));
        int best = 0;
        for (int i = 1; i < sums.length; i++) {
            best = sums[i] < sums[best] ? i : best;
        }
        return best;
    }

    /** What the distances to the nearest chosen one would add up to. */
    private static double sum(float[] nearest, float[] distances) {
        double sum = 0;
        for (int i = 0; i < nearest.length; i++) {
            sum += Math.min(nearest[i], distances[i]);
        }
        return sum;
    }
}
