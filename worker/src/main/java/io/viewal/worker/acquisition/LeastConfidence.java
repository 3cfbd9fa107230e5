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
        return RegionScore.ofFrame(view, PixelScores.mean(view, p -> 1 - PixelScores.largestTwo(p)[0]));
    }
}
