package io.viewal.worker.acquisition;

import io.viewal.worker.selection.Ranking;
import io.viewal.worker.selection.SelectionRule;
import io.viewal.worker.selection.UncoveredRegions;
import java.util.List;
import java.util.Set;

/**
 * RMCDR: superpixels by the mean entropy of the votes of the dropout passes (Mackowiak et al., CEREALS, with the paper's
 * superpixels in place of windows). Optionally a region is left out once a chosen one covers it.
 */
public final class RegionalMcDropout implements AcquisitionStrategy {

    private final boolean overlapAware;

    /**
     * @param overlapAware true leaves out what sees the surface of a chosen region
     */
    public RegionalMcDropout(boolean overlapAware) {
        this.overlapAware = overlapAware;
    }

    @Override
    public String name() {
        return overlapAware ? "RegionalMcDropoutOverlap" : "RegionalMcDropout";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.DROPOUT, Need.VOTES);
    }

    @Override
    public SelectionRule selection() {
        return overlapAware ? new UncoveredRegions() : Ranking.UNTIL_SPENT;
    }

    @Override
    public List<RegionScore> score(FrameView view) {
        return view.superpixelScores(view.voteEntropy());
    }
}
