package io.viewal.contract;

import static java.util.Objects.requireNonNullElse;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a run labels no more, though it has rounds left. A rule that is null is none.
 *
 * @param labeledFraction labeled share of the train split's pixels, 0 to 1
 * @param shareOfReference share of the reference's score with the same seed
 * @param plateau rounds without a better score
 * @param clicks what all labels of a run may cost, the seed set's among them
 * @param seconds of a person's work, likewise
 * @param maxFailedRounds how many rounds may fail before no other one goes on
 */
public record StopRules(
        Double labeledFraction,
        Double shareOfReference,
        Plateau plateau,
        Long clicks,
        Double seconds,
        Integer maxFailedRounds) {

    /** No rules. */
    public static final StopRules NONE = new StopRules(null, null, null, null, null, null);

    /**
     * Rounds without a better score.
     *
     * @param window how many rounds (3)
     * @param delta what counts as better, in mIoU (0.005)
     */
    public record Plateau(Integer window, Double delta) {

        private static final int DEFAULT_WINDOW = 3;
        private static final double DEFAULT_DELTA = 0.005;

        public Plateau {
            window = requireNonNullElse(window, DEFAULT_WINDOW);
            delta = requireNonNullElse(delta, DEFAULT_DELTA);
        }

        private boolean reached(List<RoundFigures> labeled) {
            List<Double> scores = labeled.stream()
                    .map(RoundFigures::score)
                    .filter(score -> score != null)
                    .toList();
            int before = scores.size() - window;
            return before > 0 && best(scores.subList(before, scores.size())) <= best(scores.subList(0, before)) + delta;
        }

        private static double best(List<Double> scores) {
            return scores.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        }
    }

    /** These rules where there are any, otherwise the others. */
    public StopRules or(StopRules others) {
        return new StopRules(
                first(labeledFraction, others.labeledFraction),
                first(shareOfReference, others.shareOfReference),
                first(plateau, others.plateau),
                first(clicks, others.clicks),
                first(seconds, others.seconds),
                first(maxFailedRounds, others.maxFailedRounds));
    }

    private static <T> T first(T rule, T other) {
        return rule == null ? other : rule;
    }

    /**
     * The rule that a run has met, as a sentence; empty: none.
     *
     * @param labeled its rounds so far, in their order
     * @param reference the score of the same seed's reference; empty while it is not known
     */
    Optional<String> met(List<RoundFigures> labeled, Optional<Double> reference) {
        if (labeled.isEmpty()) {
            return Optional.empty();
        }
        RoundFigures last = labeled.getLast();
        return Stream.of(
                        reached(last.labeledFraction(), labeledFraction, "labeledFraction"),
                        reached(last.clicks(), clicks, "clicks"),
                        reached(last.seconds(), seconds, "seconds"),
                        reference.flatMap(
                                score -> reached(share(last.score(), score), shareOfReference, "shareOfReference")),
                        Optional.ofNullable(plateau)
                                .filter(rule -> rule.reached(labeled))
                                .map(rule -> "no score of the last %d rounds is more than %s above the best before"
                                        .formatted(rule.window(), rule.delta())))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Double share(Double score, double reference) {
        return score == null || reference <= 0 ? null : RoundFigures.shown(score / reference);
    }

    private static Optional<String> reached(Number value, Number limit, String rule) {
        return value == null || limit == null || value.doubleValue() < limit.doubleValue()
                ? Optional.empty()
                : Optional.of("%s is %s of %s".formatted(rule, value, limit));
    }
}
