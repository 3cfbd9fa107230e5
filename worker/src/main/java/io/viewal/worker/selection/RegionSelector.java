package io.viewal.worker.selection;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses regions under a budget (ViewAL, section 3.3): in the order of falling score, the next region that is neither
 * labeled nor marked stands for its surface; of the unlabeled, unmarked regions that overlap with it the one of highest
 * divergence is chosen; what overlaps with the chosen one, and what it was compared with, is marked. Ties go to the
 * region that comes first in the candidates.
 */
public final class RegionSelector {

    /**
     * @param reference true reproduces the published code: divergence is cut to an integer before it is compared, and the
     *     marking looks up the winner's place in its scene's list in the list of all scenes
     * @param overlapThreshold two regions overlap when one covers more than this share of the other
     * @param excludeLabeledSurfaces true never chooses what overlaps with a region that an earlier selection labeled
     * @param takeAll true takes what there is when less is left than the budget; false fails
     */
    public record Options(
            boolean reference, double overlapThreshold, boolean excludeLabeledSurfaces, boolean takeAll) {}

    private final List<Candidate> candidates;
    private final List<OverlapIndex> overlaps;
    private final Options options;
    private final Map<Integer, int[][]> neighbours = new HashMap<>();
    private final Map<Long, Integer> byRegion = new HashMap<>();
    private final BitSet marked = new BitSet();
    private final List<Integer> byScore;

    /**
     * @param candidates all regions, labeled ones too, scene by scene and in region order
     * @param overlaps of each scene; empty for whole frames, which overlap with nothing
     */
    public RegionSelector(List<Candidate> candidates, List<OverlapIndex> overlaps, Options options) {
        this.candidates = List.copyOf(candidates);
        this.overlaps = List.copyOf(overlaps);
        this.options = options;
        this.byScore = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            byRegion.put(key(candidates.get(i).scene(), candidates.get(i).region()), i);
            byScore.add(i);
        }
        // A stable sort: ties stay in the candidates' order.
        byScore.sort(Comparator.comparingDouble((Integer i) -> candidates.get(i).score())
                .reversed());
    }

    /**
     * Chooses regions until the budget is reached; the one that crosses it is taken.
     *
     * @param excluded candidates that an earlier selection labeled, by index: their surfaces are left out when the
     *     options say so
     * @return indexes into the candidates, in the order of choice
     * @throws InvalidInputException (BudgetExceedsUnlabeled) when less is left than the budget asks for
     */
    public List<Integer> select(LabelingBudget budget, BitSet excluded) {
        requireEnough(budget);
        if (options.excludeLabeledSurfaces()) {
            excluded.stream().forEach(this::markNeighbours);
        }
        List<Integer> chosen = new ArrayList<>();
        BitSet taken = new BitSet();
        pass(budget, chosen, taken);
        if (!options.reference() && !budget.reached()) {
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

    private void requireEnough(LabelingBudget budget) {
        double available = 0;
        for (Candidate candidate : candidates) {
            available += candidate.labeled() ? 0 : budget.cost(candidate.pixels());
        }
        if (available == 0 || (available < budget.limit() && !options.takeAll())) {
            throw new InvalidInputException(
                    Reason.BudgetExceedsUnlabeled,
                    "The budget exceeds what is left to label: " + budget.against(available)
                            + "; lower it, or set selection.onShortage: TakeAll");
        }
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
            markNeighbours(options.reference() ? misplaced(winner) : winner);
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
        for (int other : overlapping(i)) {
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
        return options.reference() ? (int) divergence : divergence;
    }

    private void markNeighbours(int i) {
        for (int other : overlapping(i)) {
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

    private List<Integer> overlapping(int i) {
        Candidate candidate = candidates.get(i);
        if (overlaps.isEmpty()) {
            return List.of();
        }
        int[][] scene = neighbours.computeIfAbsent(
                candidate.scene(), s -> overlaps.get(s).neighbours(options.overlapThreshold()));
        List<Integer> found = new ArrayList<>();
        for (int region : scene[candidate.region()]) {
            Integer other = byRegion.get(key(candidate.scene(), region));
            if (other != null) {
                found.add(other);
            }
        }
        return found;
    }

    private static long key(int scene, int region) {
        return (long) scene << 32 | region;
    }
}
