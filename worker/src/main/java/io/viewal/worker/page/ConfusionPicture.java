package io.viewal.worker.page;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A confusion matrix as SVG: a row a true class, each cell's colour its share of the row's pixels. */
final class ConfusionPicture {

    private static final int CELL = 18;
    private static final int LETTER = 6;
    private static final int GAP = 6;
    private static final int LEGEND_HEIGHT = 34;

    /** Shares are written into the cells of so many classes at most; beyond it the tooltip alone has them. */
    private static final int WRITTEN = 16;

    private final List<String> classes;
    private final long[][] pixels;
    private final int cell;
    private final int margin;
    private final StringBuilder svg = new StringBuilder();

    private ConfusionPicture(List<String> classes, long[][] pixels) {
        this.classes = classes;
        this.pixels = pixels;
        this.cell = classes.size() <= WRITTEN ? 2 * CELL : CELL;
        this.margin =
                GAP + LETTER * classes.stream().mapToInt(String::length).max().orElse(0) + GAP;
    }

    /**
     * The picture.
     *
     * @param classes names by id
     * @param pixels counts [truth, prediction]; a row without pixels stays empty
     * @throws IllegalArgumentException when the matrix has not a row and a column a class
     */
    static String svg(String title, List<String> classes, long[][] pixels) {
        int n = classes.size();
        if (pixels.length != n || Arrays.stream(pixels).anyMatch(row -> row.length != n)) {
            throw new IllegalArgumentException("A confusion matrix of " + pixels.length + " rows for " + n
                    + " classes, expected a row and a column a class");
        }
        return new ConfusionPicture(classes, pixels).draw(title);
    }

    private String draw(String title) {
        int side = classes.size() * cell;
        int width = margin + Math.max(side, 12 * CELL) + GAP;
        int height = margin + side + LEGEND_HEIGHT;
        svg.append("<figure class=\"curve\"><figcaption>")
                .append(PageHtml.escaped(title))
                .append(": a row a true class, a column a predicted one</figcaption>")
                .append("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">"
                        .formatted(width, height, PageHtml.escaped(title)));
        for (int c = 0; c < classes.size(); c++) {
            names(c);
            row(c);
        }
        svg.append("<rect class=\"axis\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>"
                .formatted(margin, margin, side, side));
        legend(margin + side + GAP);
        return svg.append("</svg></figure>").toString();
    }

    private void names(int c) {
        String name = PageHtml.escaped(classes.get(c));
        int middle = margin + c * cell + cell / 2 + 4;
        int edge = margin - GAP;
        svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>".formatted(edge, middle, name))
                .append("<text transform=\"translate(%d %d) rotate(-90)\">%s</text>".formatted(middle, edge, name));
    }

    private void row(int truth) {
        long total = Arrays.stream(pixels[truth]).sum();
        for (int prediction = 0; prediction < classes.size(); prediction++) {
            long count = pixels[truth][prediction];
            if (count > 0) {
                cell(truth, prediction, (double) count / total, count);
            }
        }
    }

    private void cell(int truth, int prediction, double share, long count) {
        int x = margin + prediction * cell;
        int y = margin + truth * cell;
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"><title>%s taken for %s:"
                        + " %.1f %% (%d pixels)</title></rect>",
                x,
                y,
                cell,
                cell,
                ColorMap.css(ColorMap.heat(share)),
                PageHtml.escaped(classes.get(truth)),
                PageHtml.escaped(classes.get(prediction)),
                100 * share,
                count));
        if (classes.size() <= WRITTEN) {
            svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" style=\"fill:%s;pointer-events:none\">%d</text>"
                    .formatted(
                            x + cell / 2,
                            y + cell / 2 + 4,
                            share > 0.6 ? "#000000" : "#ffffff",
                            Math.round(100 * share)));
        }
    }

    private void legend(int top) {
        for (int i = 0; i < 10; i++) {
            svg.append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"8\" fill=\"%s\"/>"
                    .formatted(margin + i * CELL, top, CELL, ColorMap.css(ColorMap.heat(i / 9.0))));
        }
        svg.append("<text x=\"%d\" y=\"%d\">0</text>".formatted(margin, top + 20))
                .append("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">100 %% of the class</text>"
                        .formatted(margin + 10 * CELL, top + 20));
    }
}
