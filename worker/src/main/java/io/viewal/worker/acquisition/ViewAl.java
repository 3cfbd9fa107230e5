package io.viewal.worker.acquisition;

import java.util.ArrayList;
import java.util.List;

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
    public List<RegionScore> score(FrameView view) {
        int[] sizes = view.superpixelSizes();
        double[] entropy = view.superpixelMeans(view.entropy());
        double[] divergence = view.superpixelMeans(view.divergence());
        List<RegionScore> scores = new ArrayList<>();
        for (int id = 0; id < sizes.length; id++) {
            scores.add(new RegionScore(id, sizes[id], entropy[id], divergence[id]));
        }
        return scores;
    }
}
