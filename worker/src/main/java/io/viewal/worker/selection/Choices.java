package io.viewal.worker.selection;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * What there is to choose from.
 *
 * @param candidates all regions, labeled ones too, scene by scene and in region order
 * @param overlaps of each scene; empty unless the rule compares them
 * @param features of each candidate: float32 [features]; empty unless the rule compares them
 * @param labeledBefore candidates that an earlier selection labeled, by index
 */
public record Choices(
        List<Candidate> candidates,
        List<OverlapIndex> overlaps,
        List<float[]> features,
        BitSet labeledBefore,
        Options options) {

    /**
     * @param reference true reproduces the published code, see the rules
     * @param overlapThreshold two regions overlap when one covers more than this share of the other
     * @param excludeLabeledSurfaces true chooses what overlaps with a region that an earlier selection labeled last of all
     * @param takeAll true takes what there is when less is left than the budget; false fails
     */
    public record Options(
            boolean reference, double overlapThreshold, boolean excludeLabeledSurfaces, boolean takeAll) {}

    /** All candidates by falling score; ties stay in their order. */
    List<Integer> byScore() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingDouble((Integer i) -> candidates.get(i).score())
                .reversed());
        return order;
    }

    /** The candidates that may be chosen, by falling score. */
    List<Integer> openByScore() {
        return byScore().stream().filter(i -> !candidates.get(i).labeled()).toList();
    }

    int pixels(int candidate) {
        return candidates.get(candidate).pixels();
    }

    /** Takes candidates in this order until the budget is reached; the one that crosses it is taken. */
    List<Integer> take(Iterable<Integer> order, LabelingBudget budget) {
        List<Integer> chosen = new ArrayList<>();
        for (int i : order) {
            if (budget.reached()) {
                break;
            }
            chosen.add(i);
            budget.spend(pixels(i));
        }
        return chosen;
    }
}
