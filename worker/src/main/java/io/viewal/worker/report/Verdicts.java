package io.viewal.worker.report;

import java.util.List;

/** What is said of differences, no more than the seeds carry. */
final class Verdicts {

    private Verdicts() {}

    /** A difference in words. */
    static String of(Difference difference) {
        return switch (difference.verdict()) {
            case UNTESTABLE -> difference.pairs() == 0 ? "no pair" : "too few seeds to tell";
            case HIGHER -> "significantly higher";
            case LOWER -> "significantly lower";
            case NOT_SHOWN -> "no difference shown";
        };
    }

    /** What so many seeds can show at all. */
    static String limits(List<Difference> differences) {
        int pairs = differences.stream().mapToInt(Difference::pairs).max().orElse(0);
        if (pairs == 0) {
            return "No arm has a seed in common with it.";
        }
        int arms = (int) differences.stream().filter(d -> d.pairs() > 0).count();
        double level = differences.getFirst().level();
        String least = "The exact sign-flip test of %s allows no p below %s, by Holm's method over %s none below %s"
                .formatted(
                        Numbers.many(pairs, "pair"),
                        Numbers.p(SignFlipTest.leastP(pairs)),
                        Numbers.many(arms, "arm"),
                        Numbers.p(Math.min(1, arms * SignFlipTest.leastP(pairs))));
        return differences.stream().anyMatch(d -> d.verdict() != Difference.Verdict.UNTESTABLE)
                ? least + "; significant is what lies below " + Numbers.p(level) + "."
                : least + ": whatever the scores are, no difference can be told from chance at the level of "
                        + Numbers.p(level) + ". It takes at least " + seedsNeeded(arms, level) + " seeds for that.";
    }

    /** The fewest pairs whose least p by Holm's method over so many arms is below a level. */
    static int seedsNeeded(int arms, double level) {
        int pairs = 1;
        while (pairs < SignFlipTest.MOST_PAIRS && arms * SignFlipTest.leastP(pairs) > level) {
            pairs++;
        }
        return pairs;
    }
}
