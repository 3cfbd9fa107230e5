package io.viewal.worker.acquisition;

import java.util.List;

/** MAR: frames by one minus the mean difference between the two most probable classes. */
public final class Margin implements AcquisitionStrategy {

    @Override
    public String name() {
        return "Margin";
    }

    @Override
    public List<RegionScore> score(FrameView view) {
        double score = PixelScores.mean(view, p -> 1 - (PixelScores.largestTwo(p)[0] - PixelScores.largestTwo(p)[1]));
        return List.of(new RegionScore(RegionScore.WHOLE_FRAME, view.superpixels().length, score, Double.NaN));
    }
}
