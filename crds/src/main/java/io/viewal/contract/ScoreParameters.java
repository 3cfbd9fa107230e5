package io.viewal.contract;

/**
 * How frames are predicted and regions scored.
 *
 * @param strategy the acquisition strategy's name ({@code ViewAL})
 * @param mode {@code corrected} (default) or {@code reference}
 * @param passes Monte Carlo dropout passes (20) of strategies that sample; 1, and for other strategies: one pass without
 *     dropout
 * @param distanceThreshold a point hits a pixel when their world points are closer than this, in metres (0.1; the
 *     published code uses 1.0)
 * @param dropout which dropouts the passes sample ({@code Backbone})
 */
public record ScoreParameters(String strategy, String mode, int passes, double distanceThreshold, Dropout dropout)
        implements StageParameters {

    public ScoreParameters {
        strategy = strategy == null ? "ViewAL" : strategy;
        mode = mode == null ? "corrected" : mode;
        passes = passes == 0 ? 20 : passes;
        distanceThreshold = distanceThreshold == 0 ? 0.1 : distanceThreshold;
        dropout = dropout == null ? Dropout.Backbone : dropout;
    }

    /** Where Monte Carlo dropout is active; what comes before it runs once a frame. */
    @SuppressWarnings("MemberName") // The names are the YAML's.
    public enum Dropout {
        /** Whole channels of the backbone's two outputs with probability 0.25, as in the published code. */
        Backbone,

        /** Single elements after the decoder's two 3 x 3 convolutions with probabilities 0.5 and 0.25, as in training. */
        Decoder
    }

    @Override
    public Stage stage() {
        return Stage.SCORE;
    }
}
