package io.viewal.worker.acquisition;

import io.viewal.worker.dataset.Region;
import io.viewal.worker.selection.DivergentViews;
import io.viewal.worker.selection.SelectionRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * ViewAL (section 3): superpixels by mean view entropy; among those that see the same surface, the one of highest mean
 * view divergence.
 */
public final class ViewAl implements AcquisitionStrategy {

    @Override
    public String name() {
        return "ViewAL";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.DROPOUT);
    }

    @Override
    public SelectionRule selection() {
        return new DivergentViews();
    }

    @Override
    public List<RegionScore> score(FrameView view) {
        int[] sizes = view.superpixelSizes();
        double[] entropy = view.superpixelMeans(view.maps().entropy(), sizes);
        double[] divergence = view.superpixelMeans(view.maps().divergence(), sizes);
        List<RegionScore> scores = new ArrayList<>();
        for (int id = 0; id < sizes.length; id++) {
            scores.add(new RegionScore(new Region.Superpixel(id), sizes[id], entropy[id], divergence[id]));
        }
        return scores;
    }
}
