package io.viewal.worker.acquisition;

import io.viewal.worker.selection.Representatives;
import io.viewal.worker.selection.SelectionRule;
import java.util.List;
import java.util.Set;

/**
 * MAXRPR: of the most uncertain frames (as {@link McDropoutEntropy} scores them, twice the budget) those that stand best
 * for all frames by their features.
 */
public final class MaxRepresentativeness implements AcquisitionStrategy {

    @Override
    public String name() {
        return "MaxRepresentativeness";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.DROPOUT, Need.FEATURES);
    }

    @Override
    public SelectionRule selection() {
        return new Representatives();
    }

    @Override
    public List<RegionScore> score(FrameView view) {
        return RegionScore.ofFrame(view, McDropoutEntropy.sum(view));
    }
}
