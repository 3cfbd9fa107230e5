package io.viewal.worker.selection;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses regions under a budget (ViewAL, section 3.3): in the order of falling score, the next region that is neither
 * labeled nor marked stands for its surface; of the unlabeled, unmarked regions that overlap with it the one of highest
 * divergence is chosen; what overlaps with the chosen one, and what it was compared with, is marked. Ties go to the
 * region that comes first in the candidates.
 *
 * <p>Mode {@code reference} reproduces the published code: divergence is cut to an integer before it is compared, and the
 * marking looks up the winner's place in its scene's list in the list of all scenes.
 */
final class RegionSelector {

    private final Choices choices;
    private final List<Candidate> candidates;
    private final OverlappingRegions overlapping;
    private final List<Integer> byScore;
    private final BitSet marked = new BitSet();

    RegionSelector(Choices choices) {
        this.choices = choices;
        this.candidates = choices.candidates();
        this.overlapping = new OverlappingRegions(choices, true);
        this.byScore = choices.byScore();
    }

    List<Integer> select(LabelingBudget budget) {
        budget.require(choices);
        if (choices.options().excludeLabeledSurfaces()) {
            choices.labeledBefore().stream().forEach(this::markNeighbours);
        }
        List<Integer> chosen = new ArrayList<>();
        BitSet taken = new BitSet();
        pass(budget, chosen, taken);
        if (!choices.options().reference() && !budget.reached()) {
            // Every surface is covered and budget is left: second views of the same surfaces are next.
            marked.clear();
            marked.or(taken);
            pass(budget, chosen, taken);
            for (int i : byScore) {
                if (!budget.reached() && !candidates.get(i).labeled() && !taken.get(i)) {
                    take(i, budget, chosen, taken);
                }
            }
        }
        return chosen;
    }

    private void pass(LabelingBudget budget, List<Integer> chosen, BitSet taken) {
        for (int i : byScore) {
            if (budget.reached()) {
                return;
            }
            if (candidates.get(i).labeled() || marked.get(i)) {
                continue;
            }
            List<Integer> rivals = rivals(i);
            int winner = winner(rivals);
            take(winner, budget, chosen, taken);
            rivals.forEach(marked::set);
            markNeighbours(choices.options().reference() ? misplaced(winner) : winner);
        }
    }

    private void take(int i, LabelingBudget budget, List<Integer> chosen, BitSet taken) {
        chosen.add(i);
        taken.set(i);
        marked.set(i);
        budget.spend(candidates.get(i).pixels());
    }

    /** The candidate itself and the open regions that overlap with it, in the order of score. */
    private List<Integer> rivals(int i) {
        List<Integer> rivals = new ArrayList<>();
        rivals.add(i);
        for (int other : overlapping.of(i)) {
            if (other != i && !candidates.get(other).labeled() && !marked.get(other)) {
                rivals.add(other);
            }
        }
        rivals.sort(Comparator.comparingDouble((Integer r) -> candidates.get(r).score())
                .reversed()
                .thenComparing(Comparator.naturalOrder()));
        return rivals;
    }

    private int winner(List<Integer> rivals) {
        int best = rivals.get(0);
        for (int rival : rivals) {
            if (divergence(rival) > divergence(best)) {
                best = rival;
            }
        }
        return best;
    }

    private double divergence(int i) {
        double divergence = candidates.get(i).divergence();
        return choices.options().reference() ? (int) divergence : divergence;
    }

    private void markNeighbours(int i) {
        for (int other : overlapping.of(i)) {
            marked.set(other);
        }
    }

    /** The published code takes the winner's rank among its scene's regions for its rank among all. */
    private int misplaced(int winner) {
        int rank = 0;
        for (int i : byScore) {
            if (i == winner) {
                break;
            }
            rank += candidates.get(i).scene() == candidates.get(winner).scene() ? 1 : 0;
        }
        return byScore.get(rank);
    }
}
