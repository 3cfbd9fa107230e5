package io.viewal.worker.acquisition;

import java.util.List;

/** CONF: frames by one minus the mean probability of the most probable class. */
public final class LeastConfidence implements AcquisitionStrategy {

    @Override
    public String name() {
        return "LeastConfidence";
    }

    @Override
    public List<RegionScore> score(FrameView view) {
        double score = PixelScores.mean(view, p -> 1 - PixelScores.largestTwo(p)[0]);
        return List.of(new RegionScore(RegionScore.WHOLE_FRAME, view.superpixels().length, score, Double.NaN));
    }
}
