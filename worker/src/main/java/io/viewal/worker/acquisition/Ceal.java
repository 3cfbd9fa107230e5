package io.viewal.worker.acquisition;

import io.viewal.worker.dataset.VoidLabel;
import java.util.Arrays;
import java.util.List;

/**
 * CEAL (Wang et al.): frames as {@link SoftmaxEntropy} scores them; the pixels that nobody was asked about and of which
 * the network is sure train the next round with the network's own labels.
 */
public final class Ceal implements PseudoLabeling {

    private static final double THRESHOLD = 0.005;
    private static final double DECAY = 0.00033;

    private final double threshold;

    /** With the published threshold: 0.005 bits in the first round, and 0.00033 less in each that follows. */
    public Ceal() {
        this(THRESHOLD);
    }

    /**
     * @param threshold entropy in bits up to which a pixel is labeled in the first round
     */
    public Ceal(double threshold) {
        this.threshold = threshold;
    }

    @Override
    public String name() {
        return "Ceal";
    }

    @Override
    public List<RegionScore> score(FrameView view) {
        return RegionScore.ofFrame(view, PixelScores.mean(view, PixelScores::entropy));
    }

    @Override
    public byte[] pseudoLabels(FrameView view) {
        double limit = threshold - DECAY * view.scene().round().number();
        byte[] labels = new byte[view.scene().size().pixels()];
        Arrays.fill(labels, (byte) VoidLabel.ID);
        byte[] prediction = view.scene().probabilities().prediction(view.index());
        float[] p = new float[view.scene().probabilities().classes()];
        for (int pixel = 0; pixel < labels.length; pixel++) {
            view.probabilities(pixel, p);
            if (!view.ignored().get(pixel) && PixelScores.entropy(p) <= limit) {
                labels[pixel] = prediction[pixel];
            }
        }
        return labels;
    }
}
