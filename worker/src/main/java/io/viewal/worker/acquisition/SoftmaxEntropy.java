package io.viewal.worker.acquisition;

import java.util.List;

/** ENT: frames by the mean entropy of the prediction, in bits. */
public final class SoftmaxEntropy implements AcquisitionStrategy {

    @Override
    public String name() {
        return "SoftmaxEntropy";
    }

    @Override
    public List<RegionScore> score(FrameView view) {
        return RegionScore.ofFrame(view, PixelScores.mean(view, PixelScores::entropy));
    }
}
