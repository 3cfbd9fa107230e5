package io.viewal.operator.pipeline;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;

/** Figures as a status shows them: the exact ones are in the store. */
public final class Figures {

    private static final MathContext SHOWN = new MathContext(5);

    /** Above this a figure is a count and is shown in full. */
    private static final double COUNTS = 1e4;

    private Figures() {}

    /** Five significant digits of a share or a loss; null for null and for what is not a number. */
    public static Double shown(Double value) {
        if (value == null || !Double.isFinite(value)) {
            return null;
        }
        return Math.abs(value) >= COUNTS ? value : new BigDecimal(value, SHOWN).doubleValue();
    }

    /** A count; null when there is none. */
    public static Long count(Map<String, Double> metrics, String name) {
        Double value = metrics.get(name);
        return value == null ? null : Math.round(value);
    }
}
