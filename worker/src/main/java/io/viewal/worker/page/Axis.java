package io.viewal.worker.page;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * The scale of an axis: from and to are multiples of the step between its ticks, which is 1, 2 or 5 times a power of ten.
 *
 * @param from its least value
 * @param to its greatest
 * @param step between ticks
 */
record Axis(double from, double to, double step) {

    /** A scale that holds these values, in whole steps where all of them are whole; NaN is passed over. */
    static Axis of(DoubleStream values, int ticks) {
        double[] known = values.filter(Double::isFinite).toArray();
        double least = DoubleStream.of(known).min().orElse(0);
        double most = DoubleStream.of(known).max().orElse(1);
        double span = most > least ? most - least : Math.max(Math.abs(most), 1);
        boolean whole = DoubleStream.of(known).allMatch(value -> value == Math.rint(value));
        double step = Math.max(step(span / ticks), whole ? 1 : 0);
        double from = Math.floor(least / step + 1e-9) * step;
        double to = Math.ceil(most / step - 1e-9) * step;
        return new Axis(from, to > from ? to : from + step, step);
    }

    private static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (int factor : new int[] {1, 2, 5}) {
            if (factor * power >= least * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    /** Where a value lies, 0 at its beginning and 1 at its end. */
    double place(double value) {
        return (value - from) / (to - from);
    }

    List<Double> ticks() {
        long count = Math.round((to - from) / step);
        return LongStream.rangeClosed(0, count).mapToObj(i -> from + i * step).toList();
    }

    /** A value with as many decimals as the ticks need. */
    String label(double value) {
        int decimals = (int) Math.clamp(Math.ceil(-Math.log10(step) - 1e-9), 0, 6);
        String text = String.format(Locale.ROOT, "%,." + decimals + "f", value);
        return text.matches("-0(\\.0+)?") ? text.substring(1) : text;
    }
}
