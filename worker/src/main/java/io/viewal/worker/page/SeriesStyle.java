package io.viewal.worker.page;

import java.util.Locale;

/**
 * How one series is told from others: by its colour and, for those who don't see it, by its mark.
 *
 * @param index from 0; colours repeat after {@value #COLORS} with other marks; -1: grey, for what others are compared with
 */
public record SeriesStyle(int index) {

    /** Grey. */
    public static final SeriesStyle CONTROL = new SeriesStyle(-1);

    private static final int COLORS = 10;
    private static final int MARKS = 4;
    private static final double R = 3.6;

    /** Classes of the style sheet. */
    public String css() {
        return index < 0 ? "control" : "s" + index % COLORS;
    }

    /** The outline of its mark around a point. */
    String mark(double x, double y) {
        return index < 0
                ? text("M%.1f %.1fl%.1f %.1fm0 %.1fl%.1f %.1f", x - R, y - R, 2 * R, 2 * R, -2 * R, -2 * R, 2 * R)
                : switch ((index % COLORS + index / COLORS) % MARKS) {
                    case 0 ->
                        text(
                                "M%.1f %.1fa%.1f %.1f 0 1 0 %.1f 0a%.1f %.1f 0 1 0 %.1f 0",
                                x - R, y, R, R, 2 * R, R, R, -2 * R);
                    case 1 -> text("M%.1f %.1fh%.1fv%.1fh%.1fz", x - R, y - R, 2 * R, 2 * R, -2 * R);
                    case 2 -> text("M%.1f %.1fl%.1f %.1fh%.1fz", x, y - R - 1, R + 1, 2 * R, -2 * (R + 1));
                    default ->
                        text(
                                "M%.1f %.1fl%.1f %.1fl%.1f %.1fl%.1f %.1fz",
                                x, y - R - 1, R + 1, R + 1, -R - 1, R + 1, -R - 1, -R - 1);
                };
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
