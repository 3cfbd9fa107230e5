package io.viewal.contract;

import static java.util.Objects.requireNonNullElse;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * How regions are chosen. Absent fields take the defaults in parentheses. Made by {@link SelectParametersBuilder}.
 *
 * @param strategy the acquisition strategy's name ({@code ViewAL}); the same as scored
 * @param mode {@code corrected} (default) or {@code reference}
 * @param budget how much is to be labeled
 * @param overlapThreshold two superpixels overlap when one covers more than this share of the other (0.25)
 * @param onShortage what to do when less is left than the budget asks for ({@code Fail}); clicks take what there is
 */
@RecordBuilder
public record SelectParameters(String strategy, Mode mode, Budget budget, Double overlapThreshold, Shortage onShortage)
        implements StageParameters {

    public SelectParameters {
        strategy = requireNonNullElse(strategy, "ViewAL");
        mode = requireNonNullElse(mode, Mode.corrected);
        overlapThreshold = requireNonNullElse(overlapThreshold, 0.25);
        onShortage = requireNonNullElse(onShortage, Shortage.Fail);
    }

    @Override
    public Stage stage() {
        return Stage.SELECT;
    }

    /**
     * A labeling budget.
     *
     * @param amount how many units, more than zero
     * @param unit what is counted ({@code Images})
     */
    public record Budget(double amount, Unit unit) {
        public Budget {
            unit = requireNonNullElse(unit, Unit.Images);
        }
    }

    /** What a budget counts. */
    @SuppressWarnings("MemberName") // The names are the YAML's.
    public enum Unit {
        /** Multiples of height × width pixels. */
        Images,
        Pixels,
        Regions,
        /** What the answers cost; regions are chosen at one each, the least, and LABEL stops when they are spent. */
        Clicks
    }

    /** What to do when less is left to label than the budget asks for. */
    @SuppressWarnings("MemberName") // The names are the YAML's.
    public enum Shortage {
        Fail,
        TakeAll
    }
}
