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
 */
public record ScoreParameters(String strategy, String mode, int passes, double distanceThreshold)
        implements StageParameters {

    public ScoreParameters {
        strategy = strategy == null ? "ViewAL" : strategy;
        mode = mode == null ? "corrected" : mode;
        passes = passes == 0 ? 20 : passes;
        distanceThreshold = distanceThreshold == 0 ? 0.1 : distanceThreshold;
    }

    @Override
    public Stage stage() {
        return Stage.SCORE;
    }
}
