package io.viewal.worker.selection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Core-Set's rule, k-centre greedy: time after time the candidate that is farthest by its features from the nearest
 * labeled or chosen one. Ties, and the first choice where nothing is labeled, go to the candidate that comes first.
 */
public final class KCentres implements SelectionRule {

    @Override
    public boolean comparesFeatures() {
        return true;
    }

    @Override
    public List<Integer> choose(Choices choices, LabelingBudget budget) {
        budget.require(choices);
        FeatureDistances distances = new FeatureDistances(choices.features());
        List<Integer> open = new ArrayList<>();
        float[] nearest = new float[choices.candidates().size()];
        Arrays.fill(nearest, Float.POSITIVE_INFINITY);
        for (int i = 0; i < nearest.length; i++) {
            if (choices.candidates().get(i).labeled()) {
                FeatureDistances.nearer(nearest, distances.from(i));
            } else {
                open.add(i);
            }
        }
        List<Integer> chosen = new ArrayList<>();
        while (!budget.reached() && !open.isEmpty()) {
            int farthest = open.getFirst();
            for (int i : open) {
                farthest = nearest[i] > nearest[farthest] ? i : farthest;
            }
            chosen.add(farthest);
            open.remove((Integer) farthest);
            budget.spend(choices.pixels(farthest));
            FeatureDistances.nearer(nearest, distances.from(farthest));
        }
        return chosen;
    }
}
