package io.viewal.worker.artifact;

import java.util.List;

/** {@code left-out.csv}: the frames of a data set that could not be read. */
public final class LeftOutCsv {

    private static final Csv<Row> TABLE = new Csv<>(
            "left-out.csv",
            List.of("scene", "frame", "reason"),
            row -> new Object[] {row.scene(), row.frame(), row.reason()},
            cells -> new Row(cells.get("scene"), cells.get("frame"), cells.get("reason")));

    private LeftOutCsv() {}

    /** A frame, and why it is left out. */
    public record Row(String scene, String frame, String reason) {}

    /** The table as text. */
    public static String write(List<Row> rows) {
        return TABLE.write(rows);
    }

    /**
     * Reads the table.
     *
     * @throws io.viewal.worker.InvalidInputException (CorruptArtifact) when it is another
     */
    public static List<Row> read(String text) {
        return TABLE.read(text);
    }
}
