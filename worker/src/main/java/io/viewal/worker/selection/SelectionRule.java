package io.viewal.worker.selection;

import io.viewal.worker.InvalidInputException;
import java.util.List;

/** How regions are chosen once all are scored. Implementations are stateless. */
public interface SelectionRule {

    /**
     * Chooses regions under a budget.
     *
     * @return indexes into the candidates, in the order of choice
     * @throws InvalidInputException (BudgetExceedsUnlabeled) when less is left than the budget asks for
     */
    List<Integer> choose(Choices choices, LabelingBudget budget);

    /** True when it looks at which regions see the same surface; {@link Choices#overlaps()} is empty otherwise. */
    default boolean comparesOverlaps() {
        return false;
    }

    /** True when it looks at the candidates' divergence, which no candidate may then lack. */
    default boolean comparesDivergence() {
        return false;
    }

    /** True when it looks at the frames' features; {@link Choices#features()} is empty otherwise. */
    default boolean comparesFeatures() {
        return false;
    }
}
