package io.viewal.worker.selection;

import io.viewal.contract.SelectParameters.Budget;
import io.viewal.contract.SelectParameters.Unit;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;

/**
 * Counts what has been spent of a budget. What labels cost in clicks is known once they are given, so that regions are
 * chosen as if each took one click, which is the least: whoever labels stops when the clicks are spent, and how much is left
 * to label tells nothing of how many clicks there are to spend.
 */
public final class LabelingBudget {

    private final Budget budget;
    private final double limit;
    private double spent;

    /**
     * @param size of a frame, the unit of {@code Images}
     * @throws InvalidInputException when the amount is not a positive, finite number
     */
    public LabelingBudget(Budget budget, ImageSize size) {
        if (budget == null || !(budget.amount() > 0) || Double.isInfinite(budget.amount())) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "The budget is " + (budget == null ? "missing" : budget.amount())
                            + ": expected a positive amount, for example {amount: 10, unit: Images}");
        }
        this.budget = budget;
        this.limit = switch (budget.unit()) {
            case Images -> budget.amount() * size.pixels();
            case Pixels, Regions, Clicks -> budget.amount();
        };
    }

    private LabelingBudget(Budget budget, double limit) {
        this.budget = budget;
        this.limit = limit;
    }

    /** A budget of so many times this one's limit, of which nothing is spent. */
    LabelingBudget times(double factor) {
        return new LabelingBudget(budget, limit * factor);
    }

    /**
     * Holds the budget against what may be chosen.
     *
     * @throws InvalidInputException (BudgetExceedsUnlabeled) when that is less and not to be taken, or nothing
     */
    void require(Choices choices) {
        double available = 0;
        for (Candidate candidate : choices.candidates()) {
            available += candidate.labeled() ? 0 : cost(candidate.pixels());
        }
        if (available == 0) {
            throw new InvalidInputException(
                    Reason.BudgetExceedsUnlabeled,
                    "The budget exceeds what is left to label: everything that the strategy may choose is labeled; end "
                            + "the experiment, or add frames to the data set");
        }
        if (available < limit && !choices.options().takeAll() && budget.unit() != Unit.Clicks) {
            double amount = available * budget.amount() / limit;
            throw new InvalidInputException(
                    Reason.BudgetExceedsUnlabeled,
                    "The budget exceeds what is left to label: %s %s asked for, %s left; lower it, or set "
                                    .formatted(number(budget.amount()), budget.unit(), number(amount))
                            + "selection.onShortage: TakeAll (--take-all)");
        }
    }

    /** True when at least half a region of this many pixels is left. */
    boolean halfFits(int pixels) {
        return spent + cost(pixels) / 2 <= limit;
    }

    /** Spends a region; the one that crosses the limit is still paid for. */
    void spend(int pixels) {
        spent += cost(pixels);
    }

    /** What has been spent, in pixels or regions. */
    double spent() {
        return spent;
    }

    /** True once the limit is reached. */
    boolean reached() {
        return spent >= limit;
    }

    private double cost(int pixels) {
        return switch (budget.unit()) {
            case Images, Pixels -> pixels;
            case Regions, Clicks -> 1;
        };
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : "%.2f".formatted(value);
    }
}
