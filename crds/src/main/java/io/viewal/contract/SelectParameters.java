package io.viewal.contract;

/**
 * How regions are chosen.
 *
 * @param strategy the acquisition strategy's name ({@code ViewAL}); the same as scored
 * @param mode {@code corrected} (default) or {@code reference}
 * @param budget how much is to be labeled
 * @param overlapThreshold two superpixels overlap when one covers more than this share of the other (0.25)
 * @param onShortage what to do when less is left than the budget asks for: {@code Fail} (default) or {@code TakeAll}
 */
public record SelectParameters(String strategy, String mode, Budget budget, double overlapThreshold, String onShortage)
        implements StageParameters {

    public SelectParameters {
        strategy = strategy == null ? "ViewAL" : strategy;
        mode = mode == null ? "corrected" : mode;
        overlapThreshold = overlapThreshold == 0 ? 0.25 : overlapThreshold;
        onShortage = onShortage == null ? "Fail" : onShortage;
    }

    @Override
    public Stage stage() {
        return Stage.SELECT;
    }

    /**
     * A labeling budget.
     *
     * @param amount how many units, more than zero
     * @param unit {@code Images} (multiples of height × width pixels), {@code Pixels}, {@code Regions} or
     *     {@code Clicks} (one a region)
     */
    public record Budget(double amount, Unit unit) {
        public Budget {
            unit = unit == null ? Unit.Images : unit;
        }
    }

    /** What a budget counts. */
    @SuppressWarnings("MemberName") // The names are the YAML's.
    public enum Unit {
        Images,
        Pixels,
        Regions,
        Clicks
    }
}
