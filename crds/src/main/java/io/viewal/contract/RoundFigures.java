package io.viewal.contract;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.Optional;

/**
 * What a finished round showed, as far as it decides how its run goes on. What is not known is null. Shares have the five
 * digits of a status, so that a run stops at the same round on a cluster and on a laptop.
 *
 * @param score mIoU on the test split, or on the validation split where there is no test split, of the labels before the
 *     round
 * @param labeledFraction labeled share of the train split's pixels after the round; null of a round that does not label
 * @param clicks what the labels after the round cost, the seed set's among them
 * @param seconds of a person's work, likewise
 */
public record RoundFigures(Double score, Double labeledFraction, Long clicks, Double seconds) {

    private static final MathContext SHOWN = new MathContext(5);

    /** Above this a figure is a count and is kept in full. */
    private static final double COUNTS = 1e4;

    /** Those of committed results. */
    public static RoundFigures of(StageResult train, Optional<StageResult> label) {
        Map<String, Double> trained = train.metrics();
        Map<String, Double> labeled = label.map(StageResult::metrics).orElse(Map.of());
        Double clicks = labeled.get(Metric.CLICKS);
        return new RoundFigures(
                shown(trained.getOrDefault(Metric.TEST_MIOU, trained.get(Metric.VALIDATION_MIOU))),
                shown(labeled.get(Metric.LABELED_FRACTION)),
                clicks == null ? null : (Long) Math.round(clicks),
                shown(labeled.get(Metric.LABELING_SECONDS)));
    }

    /** Five significant digits of a share or a loss; null for null and for what is not a number. */
    public static Double shown(Double value) {
        if (value == null || !Double.isFinite(value)) {
            return null;
        }
        return Math.abs(value) >= COUNTS ? value : (Double) new BigDecimal(value, SHOWN).doubleValue();
    }
}
