package io.viewal.worker.selection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * A share of the budget from the favoured regions, the rest from all of them, favoured ones too. A region is favoured when
 * its score is {@value #FAVOURED} or more; without that, its score says when its turn comes, the highest first. Whatever
 * the budget, what was chosen before any region holds the share but for one region. Once the favoured ones run out, the
 * others fill the budget.
 *
 * @param share of the budget, 0 to 1
 */
public record FavouredShare(double share) implements SelectionRule {

    /** What a favoured region's score has on top of its draw from 0 to 1. */
    public static final double FAVOURED = 1;

    @Override
    public List<Integer> choose(Choices choices, LabelingBudget budget) {
        budget.require(choices);
        List<Integer> open = choices.openByScore();
        Deque<Integer> favoured =
                new ArrayDeque<>(open.stream().filter(i -> favoured(choices, i)).toList());
        Deque<Integer> all = new ArrayDeque<>(open.stream()
                .sorted(Comparator.comparingDouble((Integer i) -> draw(choices, i))
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .toList());
        List<Integer> chosen = new ArrayList<>();
        BitSet taken = new BitSet();
        double fromFavoured = 0;
        while (!budget.reached() && chosen.size() < open.size()) {
            dropTaken(favoured, taken);
            dropTaken(all, taken);
            boolean favour = !favoured.isEmpty() && fromFavoured <= share * budget.spent();
            int next = favour ? favoured.pop() : all.pop();
            double before = budget.spent();
            budget.spend(choices.pixels(next));
            fromFavoured += favour ? budget.spent() - before : 0;
            taken.set(next);
            chosen.add(next);
        }
        return chosen;
    }

    private static void dropTaken(Deque<Integer> queue, BitSet taken) {
        while (!queue.isEmpty() && taken.get(queue.peek())) {
            queue.pop();
        }
    }

    private static boolean favoured(Choices choices, int candidate) {
        return choices.candidates().get(candidate).score() >= FAVOURED;
    }

    private static double draw(Choices choices, int candidate) {
        double score = choices.candidates().get(candidate).score();
        return favoured(choices, candidate) ? score - FAVOURED : score;
    }
}
