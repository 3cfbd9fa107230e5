package io.viewal.worker.acquisition;

import java.util.List;
import java.util.Set;

/** MCDR: frames by the entropy of the mean over the dropout passes, summed over the pixels, in bits. */
public final class McDropoutEntropy implements AcquisitionStrategy {

    @Override
    public String name() {
        return "McDropoutEntropy";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.DROPOUT);
    }

    @Override
    public List<RegionScore> score(FrameView view) {
        return RegionScore.ofFrame(view, sum(view));
    }

    static double sum(FrameView view) {
        return PixelScores.mean(view, PixelScores::entropy)
                * view.scene().size().pixels();
    }
}
