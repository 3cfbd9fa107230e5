package io.viewal.worker.selection;

import java.util.ArrayList;
import java.util.List;

/** The regions of highest score, whatever they see; ties go to the region that comes first. */
public enum Ranking implements SelectionRule {
    /** Until the budget is reached; the region that crosses it is taken. */
    UNTIL_SPENT {
        @Override
        List<Integer> take(Choices choices, LabelingBudget budget) {
            return choices.take(choices.openByScore(), budget);
        }
    },

    /** As many as come nearest to the budget, which they may miss by half a region; one at least. */
    NEAREST {
        @Override
        List<Integer> take(Choices choices, LabelingBudget budget) {
            List<Integer> chosen = new ArrayList<>();
            for (int i : choices.openByScore()) {
                if (!chosen.isEmpty() && !budget.halfFits(choices.pixels(i))) {
                    break;
                }
                chosen.add(i);
                budget.spend(choices.pixels(i));
            }
            return chosen;
        }
    };

    @Override
    public List<Integer> choose(Choices choices, LabelingBudget budget) {
        budget.require(choices);
        return take(choices, budget);
    }

    abstract List<Integer> take(Choices choices, LabelingBudget budget);
}
