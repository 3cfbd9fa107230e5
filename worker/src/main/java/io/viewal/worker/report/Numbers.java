package io.viewal.worker.report;

import java.util.Locale;

/** How the page writes numbers; a dash for what is not known. */
final class Numbers {

    private static final String UNKNOWN = "–";

    private Numbers() {}

    /** A share: {@code 41.20 %}. */
    static String percent(double share) {
        return text(share, "%.2f %%", 100);
    }

    /** A share with its interval: {@code 41.20 % (39.91 to 42.55)}. */
    static String percent(Interval shares) {
        return percent(shares.mean()) + range(shares, "%.2f", 100);
    }

    /** A difference of shares in points of a percent, with its sign: {@code +1.20}. */
    static String points(Interval difference) {
        return text(difference.mean(), "%+.2f", 100) + range(difference, "%+.2f", 100);
    }

    /** A number of things: {@code 12,000}. */
    static String count(double things) {
        return text(things, "%,.0f", 1);
    }

    /** Seconds as hours: {@code 1.52 h}. */
    static String hours(double seconds) {
        return text(seconds / 3600, "%,.2f h", 1);
    }

    /** Seconds: {@code 1,234.5 s}. */
    static String seconds(double seconds) {
        return text(seconds, "%,.1f s", 1);
    }

    /** A number with three digits that count: {@code 0.0039}. */
    static String p(double p) {
        return Double.isNaN(p) ? UNKNOWN : p >= 0.001 ? String.format(Locale.ROOT, "%.3f", p) : "below 0.001";
    }

    /** So many of a thing: {@code 3 seeds}. */
    static String many(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    private static String range(Interval interval, String format, double scale) {
        return Double.isNaN(interval.low())
                ? ""
                : " (" + text(interval.low(), format, scale) + " to " + text(interval.high(), format, scale) + ")";
    }

    private static String text(double value, String format, double scale) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, scale * value) : UNKNOWN;
    }
}
