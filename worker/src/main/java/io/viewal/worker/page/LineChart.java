package io.viewal.worker.page;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Lines over a common axis, with intervals as bands, as SVG. */
public final class LineChart {

    private static final int LEFT = 66;
    private static final int RIGHT = 26;
    private static final int TOP = 12;
    private static final int BOTTOM = 42;
    private static final int LEGEND_LINE = 20;
    private static final int LETTER = 8;
    private static final int SAMPLE = 34;

    private final String xTitle;
    private final String yTitle;
    private final Size size;
    private final StringBuilder svg = new StringBuilder();
    private Axis x;
    private Axis y;

    /** How large a chart is drawn; pages scale it. */
    public enum Size {
        LARGE(600, 330, 6),
        MEDIUM(600, 240, 5),
        SMALL(320, 190, 4);

        private final int width;
        private final int height;
        private final int ticks;

        Size(int width, int height, int ticks) {
            this.width = width;
            this.height = height;
            this.ticks = ticks;
        }
    }

    /**
     * A point; one whose value is NaN is left out.
     *
     * @param low begin of its interval; NaN for none
     * @param high end of its interval; NaN for none
     */
    public record Point(double x, double y, double low, double high) {

        /** A point without an interval. */
        public Point(double x, double y) {
            this(x, y, Double.NaN, Double.NaN);
        }

        private boolean known() {
            return Double.isFinite(x) && Double.isFinite(y);
        }
    }

    /**
     * A line through points.
     *
     * @param name for the legend; empty for no entry in it
     */
    public record Series(String name, SeriesStyle style, List<Point> points) {}

    /** A value to compare with, a line across the chart. */
    public record Level(String name, double y) {}

    /** A chart with these titles of its axes. */
    public LineChart(String xTitle, String yTitle, Size size) {
        this.xTitle = xTitle;
        this.yTitle = yTitle;
        this.size = size;
    }

    /**
     * Draws a chart.
     *
     * @param series those without a point are left out
     * @param include values that the vertical axis has to reach, beside those of the series and levels
     */
    public Chart draw(String name, String title, List<Series> series, List<Level> levels, double... include) {
        List<Series> shown = series.stream()
                .map(s -> new Series(
                        s.name(),
                        s.style(),
                        s.points().stream().filter(Point::known).toList()))
                .filter(s -> !s.points().isEmpty())
                .toList();
        x = Axis.of(shown.stream().flatMap(s -> s.points().stream()).mapToDouble(Point::x), size.ticks);
        y = Axis.of(
                DoubleStream.concat(
                        DoubleStream.of(include),
                        DoubleStream.concat(
                                levels.stream().mapToDouble(Level::y),
                                shown.stream()
                                        .flatMap(s -> s.points().stream())
                                        .flatMapToDouble(p -> DoubleStream.of(p.y(), p.low(), p.high())))),
                size.ticks - 1);
        StringBuilder legend = new StringBuilder();
        int legendLines = legend(legend, shown);
        svg.setLength(0);
        put(
                "<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
                size.width, size.height + legendLines * LEGEND_LINE, PageHtml.escaped(title));
        axes();
        levels.forEach(this::level);
        shown.forEach(this::band);
        shown.forEach(this::line);
        svg.append(legend).append("</svg>");
        return new Chart(name, title, svg.toString());
    }

    private void axes() {
        for (double tick : y.ticks()) {
            put("<path class=\"grid\" d=\"M%d %.1fH%d\"/>", LEFT, down(tick), size.width - RIGHT);
            put("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 7, down(tick) + 4, y.label(tick));
        }
        int base = size.height - BOTTOM;
        for (double tick : x.ticks()) {
            put("<path class=\"axis\" d=\"M%.1f %dv5\"/>", across(tick), base);
            put("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>", across(tick), base + 17, x.label(tick));
        }
        put("<path class=\"axis\" d=\"M%d %dV%dH%d\"/>", LEFT, TOP, base, size.width - RIGHT);
        put(
                "<text class=\"name\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                (LEFT + size.width - RIGHT) / 2, size.height - 8, PageHtml.escaped(xTitle));
        put(
                "<text class=\"name\" transform=\"translate(14 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>",
                (TOP + base) / 2, PageHtml.escaped(yTitle));
    }

    private void level(Level level) {
        put("<path class=\"level\" d=\"M%d %.1fH%d\"/>", LEFT, down(level.y()), size.width - RIGHT);
        put(
                "<text class=\"name\" x=\"%d\" y=\"%.1f\">%s</text>",
                LEFT + 6, down(level.y()) + 15, PageHtml.escaped(level.name()));
    }

    private void band(Series series) {
        List<Point> points = series.points().stream()
                .filter(p -> Double.isFinite(p.low() + p.high()))
                .toList();
        if (points.size() < 2) {
            return;
        }
        StringBuilder outline = new StringBuilder();
        points.forEach(p -> outline.append(at(p.x(), p.high())));
        points.reversed().forEach(p -> outline.append(at(p.x(), p.low())));
        put(
                "<polygon class=\"band %s\" points=\"%s\"/>",
                series.style().css(), outline.toString().strip());
    }

    private void line(Series series) {
        StringBuilder line = new StringBuilder();
        series.points().forEach(p -> line.append(at(p.x(), p.y())));
        put(
                "<polyline class=\"line %s\" points=\"%s\"/>",
                series.style().css(), line.toString().strip());
        for (Point p : series.points()) {
            put(
                    "<path class=\"mark %s\" d=\"%s\"><title>%s%s %s: %.4g%s</title></path>",
                    series.style().css(),
                    series.style().mark(across(p.x()), down(p.y())),
                    PageHtml.escaped(series.name()),
                    series.name().isEmpty() ? "" : ",",
                    PageHtml.escaped(xTitle) + " " + number(p.x()),
                    p.y(),
                    Double.isFinite(p.low() + p.high())
                            ? String.format(Locale.ROOT, " (%.4g to %.4g)", p.low(), p.high())
                            : "");
        }
    }

    /** Writes the names of the series below the chart, and returns how many lines they take. */
    private int legend(StringBuilder legend, List<Series> series) {
        int across = LEFT;
        int lines = 0;
        for (Series one : series) {
            if (one.name().isEmpty()) {
                continue;
            }
            int width = SAMPLE + LETTER * one.name().length() + 14;
            if (lines == 0 || across + width > size.width) {
                across = LEFT;
                lines++;
            }
            int down = size.height + lines * LEGEND_LINE - LEGEND_LINE / 2;
            legend.append(text(
                    "<path class=\"line %s\" d=\"M%d %dh24\"/><path class=\"mark %s\" d=\"%s\"/>",
                    one.style().css(),
                    across,
                    down,
                    one.style().css(),
                    one.style().mark(across + 12, down)));
            legend.append(text(
                    "<text class=\"name\" x=\"%d\" y=\"%d\">%s</text>",
                    across + SAMPLE - 4, down + 4, PageHtml.escaped(one.name())));
            across += width;
        }
        return lines;
    }

    private String at(double xValue, double yValue) {
        return text("%.1f,%.1f ", across(xValue), down(yValue));
    }

    private double across(double value) {
        return LEFT + (size.width - LEFT - RIGHT) * x.place(value);
    }

    private double down(double value) {
        return TOP + (size.height - TOP - BOTTOM) * (1 - y.place(value));
    }

    private static String number(double value) {
        return text(Math.abs(value) >= 100 ? "%,.0f" : "%.3g", value);
    }

    private void put(String format, Object... values) {
        svg.append(text(format, values));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
