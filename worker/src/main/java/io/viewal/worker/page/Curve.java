package io.viewal.worker.page;

import java.util.List;
import java.util.Locale;

/** A line chart as inline SVG, drawn in the page's own colours. */
final class Curve {

    private static final int WIDTH = 420;
    private static final int HEIGHT = 170;
    private static final int LEFT = 44;
    private static final int BOTTOM = 26;
    private static final int TOP = 12;

    private Curve() {}

    /** A point; points whose value is NaN are left out. */
    record Point(double x, double y) {}

    /**
     * @param title what the values are
     * @param xTitle what the positions are
     */
    static String svg(String title, String xTitle, List<Point> points) {
        List<Point> known = points.stream().filter(p -> !Double.isNaN(p.y())).toList();
        if (known.isEmpty()) {
            return "";
        }
        double most = known.stream().mapToDouble(Point::y).max().orElseThrow();
        double top = most > 0 ? most * 1.05 : 1;
        double last = Math.max(known.getLast().x(), 1);
        StringBuilder line = new StringBuilder();
        StringBuilder dots = new StringBuilder();
        for (Point point : known) {
            double x = LEFT + (WIDTH - LEFT - 12) * point.x() / last;
            double y = TOP + (HEIGHT - TOP - BOTTOM) * (1 - point.y() / top);
            line.append(String.format(Locale.ROOT, "%s%.1f,%.1f", line.isEmpty() ? "" : " ", x, y));
            dots.append(String.format(
                    Locale.ROOT,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\"><title>%s %.0f: %.4f</title></circle>",
                    x,
                    y,
                    xTitle,
                    point.x(),
                    point.y()));
        }
        return String.format(
                Locale.ROOT,
                """
                <figure class="curve"><figcaption>%s</figcaption>
                <svg viewBox="0 0 %d %d" role="img" aria-label="%s">
                <path class="axis" d="M%d %d V%d H%d"/>
                <text x="%d" y="%d" text-anchor="end">%.2f</text>
                <text x="%d" y="%d" text-anchor="end">0</text>
                <text x="%d" y="%d" text-anchor="end">%s %.0f</text>
                <polyline points="%s"/>%s</svg></figure>
                """,
                title,
                WIDTH,
                HEIGHT,
                title,
                LEFT,
                TOP,
                HEIGHT - BOTTOM,
                WIDTH - 12,
                LEFT - 6,
                TOP + 10,
                top,
                LEFT - 6,
                HEIGHT - BOTTOM,
                WIDTH - 12,
                HEIGHT - 8,
                xTitle,
                last,
                line,
                dots);
    }
}
