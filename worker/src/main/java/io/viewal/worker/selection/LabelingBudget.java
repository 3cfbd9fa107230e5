package io.viewal.worker.selection;

import io.viewal.contract.SelectParameters.Budget;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;

/** Counts what has been spent of a budget. */
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

    /** Spends a region; the one that crosses the limit is still paid for. */
    void spend(int pixels) {
        spent += cost(pixels);
    }

    /** True once the limit is reached. */
    boolean reached() {
        return spent >= limit;
    }

    /** What a region of this many pixels costs. */
    double cost(int pixels) {
        return switch (budget.unit()) {
            case Images, Pixels -> pixels;
            case Regions, Clicks -> 1;
        };
    }

    /** The limit in pixels or regions. */
    double limit() {
        return limit;
    }

    /** The budget as its user wrote it, and what {@code available} pixels or regions would be in its unit. */
    String against(double available) {
        double amount = available * budget.amount() / limit;
        return "%s %s asked for, %s left".formatted(number(budget.amount()), budget.unit(), number(amount));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : "%.2f".formatted(value);
    }
}
