package io.viewal.worker.report;

import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * One arm with one seed.
 *
 * @param score which figure is the score
 * @param rounds by number
 */
record Run(String arm, long seed, Figure score, NavigableMap<Integer, RoundRow> rounds) {

    static Run of(String arm, long seed, Figure score, List<RoundRow> rows) {
        TreeMap<Integer, RoundRow> rounds = new TreeMap<>();
        rows.forEach(row -> rounds.put(row.round().number(), row));
        return new Run(arm, seed, score, rounds);
    }

    /** A figure of a round; NaN when it is not known. */
    double get(int number, Figure figure) {
        RoundRow row = rounds.get(number);
        return row == null ? Double.NaN : row.get(figure);
    }

    /** The score of a round; NaN when it is not known. */
    double score(int number) {
        return get(number, score);
    }

    /** The last round up to which every one has a score; -1 when the first has none. */
    int reach() {
        int number = 0;
        while (!Double.isNaN(score(number))) {
            number++;
        }
        return number - 1;
    }

    /**
     * The area under the budget curve, of the first round to this one, divided by their distance: the mean score over the
     * budget, by the trapezoidal rule. NaN when a round has no score or the budget does not grow.
     */
    double area(Figure budget, int last) {
        double area = 0;
        for (int n = 1; n <= last; n++) {
            area += (score(n) + score(n - 1)) / 2 * (get(n, budget) - get(n - 1, budget));
        }
        double span = get(last, budget) - get(0, budget);
        return span > 0 ? area / span : Double.NaN;
    }

    /** The least of a budget with which a score is reached, linear between rounds; empty when none reaches it. */
    OptionalDouble needed(Figure budget, double wanted) {
        int first = IntStream.rangeClosed(0, reach())
                .filter(n -> score(n) >= wanted)
                .findFirst()
                .orElse(-1);
        if (first < 0) {
            return OptionalDouble.empty();
        }
        double at = get(first, budget);
        if (first > 0) {
            double before = get(first - 1, budget);
            at = before + (at - before) * (wanted - score(first - 1)) / (score(first) - score(first - 1));
        }
        return Double.isNaN(at) ? OptionalDouble.empty() : OptionalDouble.of(at);
    }
}
