package io.viewal.worker.page;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** A value with its interval a line, below each other, as SVG. */
public final class IntervalChart {

    private static final int WIDTH = 600;
    private static final int ROW = 26;
    private static final int TOP = 8;
    private static final int BOTTOM = 40;
    private static final int RIGHT = 70;
    private static final int LETTER = 8;
    private static final int TICKS = 6;

    private IntervalChart() {}

    /**
     * A row.
     *
     * @param low begin of the interval; NaN for none
     * @param high end of the interval; NaN for none
     * @param text of the value
     */
    public record Row(String name, SeriesStyle style, double value, double low, double high, String text) {}

    /**
     * Draws a chart.
     *
     * @param include values that the axis has to reach, beside those of the rows
     */
    public static Chart draw(String name, String title, String xTitle, List<Row> rows, double... include) {
        Axis axis = Axis.of(
                DoubleStream.concat(
                        DoubleStream.of(include),
                        rows.stream().flatMapToDouble(row -> DoubleStream.of(row.value(), row.low(), row.high()))),
                TICKS);
        int left = 16
                + LETTER
                        * rows.stream()
                                .mapToInt(row -> row.name().length())
                                .max()
                                .orElse(0);
        int base = TOP + ROW * rows.size();
        StringBuilder svg = new StringBuilder(text(
                "<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
                WIDTH, base + BOTTOM, PageHtml.escaped(title)));
        for (double tick : axis.ticks()) {
            double across = across(axis, left, tick);
            svg.append(text("<path class=\"grid\" d=\"M%.1f %dV%d\"/>", across, TOP, base));
            svg.append(text(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>", across, base + 16, axis.label(tick)));
        }
        for (int i = 0; i < rows.size(); i++) {
            row(svg, axis, left, TOP + ROW * i + ROW / 2, rows.get(i));
        }
        svg.append(text(
                "<text class=\"name\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text></svg>",
                (left + WIDTH - RIGHT) / 2, base + 34, PageHtml.escaped(xTitle)));
        return new Chart(name, title, svg.toString());
    }

    private static void row(StringBuilder svg, Axis axis, int left, int down, Row row) {
        svg.append(text(
                "<text class=\"name\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
                left - 10, down + 4, PageHtml.escaped(row.name())));
        if (Double.isFinite(row.low() + row.high())) {
            svg.append(text(
                    "<path class=\"line %s\" d=\"M%.1f %dH%.1f\"/>",
                    row.style().css(), across(axis, left, row.low()), down, across(axis, left, row.high())));
        }
        if (Double.isFinite(row.value())) {
            svg.append(text(
                    "<path class=\"mark %s\" d=\"%s\"/>",
                    row.style().css(), row.style().mark(across(axis, left, row.value()), down)));
        }
        svg.append(
                text("<text x=\"%d\" y=\"%d\">%s</text>", WIDTH - RIGHT + 12, down + 4, PageHtml.escaped(row.text())));
    }

    private static double across(Axis axis, int left, double value) {
        return left + (WIDTH - RIGHT - left) * axis.place(value);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
