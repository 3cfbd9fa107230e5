package io.viewal.worker.selection;

import java.util.List;

/** ViewAL's rule: see {@link RegionSelector}. */
public final class DivergentViews implements SelectionRule {

    @Override
    public boolean comparesOverlaps() {
        return true;
    }

    @Override
    public boolean comparesDivergence() {
        return true;
    }

    @Override
    public List<Integer> choose(Choices choices, LabelingBudget budget) {
        return new RegionSelector(choices).select(budget);
    }
}
