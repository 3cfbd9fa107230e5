package io.viewal.worker.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A confusion matrix: a row a true class, each cell's colour its share of the row's pixels. */
final class ConfusionPicture {

    /** Shares are written into the cells of so many classes at most; beyond it the tooltip alone has them. */
    private static final int WRITTEN = 16;

    private ConfusionPicture() {}

    /**
     * The picture as an element of a page.
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
        List<List<MatrixChart.Cell>> cells = new ArrayList<>();
        for (int truth = 0; truth < n; truth++) {
            cells.add(row(classes, truth, pixels[truth]));
        }
        return MatrixChart.draw(
                        "confusion",
                        title + ": a row a true class, a column a predicted one",
                        classes,
                        classes,
                        cells,
                        "100 % of the class",
                        n <= WRITTEN)
                .figure();
    }

    private static List<MatrixChart.Cell> row(List<String> classes, int truth, long[] pixels) {
        long total = Arrays.stream(pixels).sum();
        List<MatrixChart.Cell> row = new ArrayList<>();
        for (int prediction = 0; prediction < pixels.length; prediction++) {
            double share = (double) pixels[prediction] / total;
            String tooltip = String.format(
                    Locale.ROOT,
                    "%s taken for %s: %.1f %% (%d pixels)",
                    classes.get(truth),
                    classes.get(prediction),
                    100 * share,
                    pixels[prediction]);
            String text = classes.size() <= WRITTEN ? Long.toString(Math.round(100 * share)) : "";
            row.add(pixels[prediction] == 0 ? null : new MatrixChart.Cell(share, text, tooltip));
        }
        return row;
    }
}
