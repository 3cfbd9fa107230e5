package io.viewal.worker.acquisition;

import io.viewal.worker.dataset.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A control, and the first round of a data set without labels: superpixels in random order, drawn from the round's seed and
 * the frame's name.
 */
public final class RandomRegions implements AcquisitionStrategy {

    @Override
    public String name() {
        return "RandomRegions";
    }

    @Override
    public List<RegionScore> score(FrameView view) {
        SplittableRandom random = new SplittableRandom(
                Seeds.of(view.scene().round().seed(), view.scene().name(), view.name()));
        int[] sizes = view.superpixelSizes();
        List<RegionScore> scores = new ArrayList<>();
        for (int id = 0; id < sizes.length; id++) {
            scores.add(new RegionScore(new Region.Superpixel(id), sizes[id], random.nextDouble(), Double.NaN));
        }
        return scores;
    }
}
