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
        return RegionScore.ofFrame(view, PixelScores.mean(view, Margin::closeness));
    }

    private static double closeness(float[] p) {
        double[] best = PixelScores.largestTwo(p);
        return 1 - (best[0] - best[1]);
    }
}
