package io.viewal.worker.acquisition;

import io.viewal.worker.selection.KCentres;
import io.viewal.worker.selection.SelectionRule;
import java.util.List;
import java.util.Set;

/**
 * CSET: frames whose features are farthest from those of every labeled or chosen frame (Sener and Savarese, k-centre
 * greedy). No frame has a score by itself.
 */
public final class CoreSet implements AcquisitionStrategy {

    @Override
    public String name() {
        return "CoreSet";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.FEATURES);
    }

    @Override
    public SelectionRule selection() {
        return new KCentres();
    }

    @Override
    public List<RegionScore> score(FrameView view) {
        return RegionScore.ofFrame(view, 0);
    }
}
