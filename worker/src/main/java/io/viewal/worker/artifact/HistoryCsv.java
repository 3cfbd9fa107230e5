package io.viewal.worker.artifact;

import java.util.List;

/** {@code history.csv} of a training: epoch,iterations,loss,learningRate,validationMeanIoU,validationAccuracy. */
public final class HistoryCsv {

    private static final Csv<Row> CSV = new Csv<>(
            "history.csv",
            List.of("epoch", "iterations", "loss", "learningRate", "validationMeanIoU", "validationAccuracy"),
            r -> new Object[] {
                r.epoch(), r.iterations(), r.loss(), r.learningRate(), r.validationMeanIoU(), r.validationAccuracy()
            },
            row -> new Row(
                    Integer.parseInt(row.get("epoch")),
                    Long.parseLong(row.get("iterations")),
                    Double.parseDouble(row.get("loss")),
                    Double.parseDouble(row.get("learningRate")),
                    Double.parseDouble(row.get("validationMeanIoU")),
                    Double.parseDouble(row.get("validationAccuracy"))));

    private HistoryCsv() {}

    /**
     * An epoch.
     *
     * @param epoch from 1
     * @param iterations done at its end
     * @param loss mean over its iterations
     * @param learningRate of the backbone
     * @param validationMeanIoU 0 to 1; NaN when the epoch was not validated
     * @param validationAccuracy 0 to 1; NaN when the epoch was not validated
     */
    public record Row(
            int epoch,
            long iterations,
            double loss,
            double learningRate,
            double validationMeanIoU,
            double validationAccuracy) {}

    /** The file's text. */
    public static String write(List<Row> rows) {
        return CSV.write(rows);
    }

    /** Reads the file's text. */
    public static List<Row> read(String text) {
        return CSV.read(text);
    }
}
