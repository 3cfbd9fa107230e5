package io.viewal.worker.acquisition;

import java.util.List;

/** MCDR: frames by the entropy of the mean over the dropout passes, summed over the pixels, in bits. */
public final class McDropoutEntropy implements AcquisitionStrategy {

    @Override
    public String name() {
        return "McDropoutEntropy";
    }

    @Override
    public List<RegionScore> score(FrameView view) {
        double score = PixelScores.mean(view, PixelScores::entropy) * view.superpixels().length;
        return List.of(new RegionScore(RegionScore.WHOLE_FRAME, view.superpixels().length, score, Double.NaN));
    }
}
