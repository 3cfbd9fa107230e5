package io.viewal.worker.acquisition;

import java.util.List;
import java.util.SplittableRandom;

/** RAND of the paper's comparison: whole frames in random order, drawn from the round's seed and the frame's name. */
public final class RandomFrames implements AcquisitionStrategy {

    @Override
    public String name() {
        return "Random";
    }

    @Override
    public List<RegionScore> score(FrameView view) {
        long seed = Seeds.of(view.seed(), view.scene(), view.name());
        double draw = new SplittableRandom(seed).nextDouble();
        return List.of(new RegionScore(RegionScore.WHOLE_FRAME, view.superpixels().length, draw, Double.NaN));
    }
}
