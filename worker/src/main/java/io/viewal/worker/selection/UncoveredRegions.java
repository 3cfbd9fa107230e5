package io.viewal.worker.selection;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The regions of highest score; once one is chosen, every region that it overlaps with in one direction is left out: those
 * whose points cover more than the threshold of the chosen one's pixels. When every surface is covered and budget is
 * left, second views of the same surfaces are next. Mode {@code reference} ends there, as the published code does.
 */
public final class UncoveredRegions implements SelectionRule {

    @Override
    public boolean comparesOverlaps() {
        return true;
    }

    @Override
    public List<Integer> choose(Choices choices, LabelingBudget budget) {
        budget.require(choices);
        BitSet covered = new BitSet();
        OverlappingRegions overlapping = new OverlappingRegions(choices, false);
        if (choices.options().excludeLabeledSurfaces()) {
            choices.labeledBefore().stream().forEach(i -> overlapping.of(i).forEach(covered::set));
        }
        List<Integer> chosen = new ArrayList<>();
        List<Integer> secondViews = new ArrayList<>();
        for (int i : choices.openByScore()) {
            if (budget.reached()) {
                return chosen;
            }
            if (covered.get(i)) {
                secondViews.add(i);
                continue;
            }
            chosen.add(i);
            budget.spend(choices.pixels(i));
            overlapping.of(i).forEach(covered::set);
        }
        if (!choices.options().reference()) {
            chosen.addAll(choices.take(secondViews, budget));
        }
        return chosen;
    }
}
