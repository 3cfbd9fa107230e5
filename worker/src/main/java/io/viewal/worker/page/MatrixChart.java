package io.viewal.worker.page;

import java.util.List;
import java.util.Locale;

/** A table of shares as coloured cells, as SVG. */
public final class MatrixChart {

    private static final int CELL = 18;
    private static final int LETTER = 8;
    private static final int GAP = 6;
    private static final int LEGEND_HEIGHT = 34;
    private static final int LEGEND_STEPS = 10;

    private final List<String> rows;
    private final List<String> columns;
    private final int cell;
    private final int left;
    private final int top;
    private final StringBuilder svg = new StringBuilder();

    /**
     * A cell.
     *
     * @param share its colour, 0 to 1
     * @param text in the cell; may be empty
     * @param tooltip what it says
     */
    public record Cell(double share, String text, String tooltip) {}

    private MatrixChart(List<String> rows, List<String> columns, boolean large) {
        this.rows = rows;
        this.columns = columns;
        this.cell = large ? 2 * CELL : CELL;
        this.left = longest(rows);
        this.top = longest(columns);
    }

    private static int longest(List<String> names) {
        return GAP + LETTER * names.stream().mapToInt(String::length).max().orElse(0) + GAP;
    }

    /**
     * Draws a chart.
     *
     * @param cells [rows, columns]; null for an empty one
     * @param most what the brightest colour means
     * @param large whether cells have room for a text
     */
    public static Chart draw(
            String name,
            String title,
            List<String> rows,
            List<String> columns,
            List<List<Cell>> cells,
            String most,
            boolean large) {
        return new Chart(name, title, new MatrixChart(rows, columns, large).draw(title, cells, most));
    }

    private String draw(String title, List<List<Cell>> cells, String most) {
        int across = columns.size() * cell;
        int down = rows.size() * cell;
        int width = left + Math.max(across, (LEGEND_STEPS + 2) * CELL) + GAP;
        put(
                "<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
                width, top + down + LEGEND_HEIGHT, PageHtml.escaped(title));
        for (int c = 0; c < columns.size(); c++) {
            put(
                    "<text transform=\"translate(%d %d) rotate(-90)\">%s</text>",
                    left + c * cell + cell / 2 + 4, top - GAP, PageHtml.escaped(columns.get(c)));
        }
        for (int r = 0; r < rows.size(); r++) {
            put(
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
                    left - GAP, top + r * cell + cell / 2 + 4, PageHtml.escaped(rows.get(r)));
            for (int c = 0; c < columns.size(); c++) {
                cell(left + c * cell, top + r * cell, cells.get(r).get(c));
            }
        }
        put("<rect class=\"axis\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>", left, top, across, down);
        legend(top + down + GAP, most);
        return svg.append("</svg>").toString();
    }

    private void cell(int x, int y, Cell content) {
        if (content == null) {
            return;
        }
        put(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"><title>%s</title></rect>",
                x, y, cell, cell, ColorMap.css(ColorMap.heat(content.share())), PageHtml.escaped(content.tooltip()));
        if (!content.text().isEmpty()) {
            put(
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" style=\"fill:%s;pointer-events:none\">%s</text>",
                    x + cell / 2,
                    y + cell / 2 + 4,
                    content.share() > 0.6 ? "#000000" : "#ffffff",
                    PageHtml.escaped(content.text()));
        }
    }

    private void legend(int y, String most) {
        for (int i = 0; i < LEGEND_STEPS; i++) {
            put(
                    "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"8\" fill=\"%s\"/>",
                    left + i * CELL, y, CELL, ColorMap.css(ColorMap.heat(i / (LEGEND_STEPS - 1.0))));
        }
        put("<text x=\"%d\" y=\"%d\">0</text>", left, y + 20);
        put(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
                left + LEGEND_STEPS * CELL, y + 20, PageHtml.escaped(most));
    }

    private void put(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
