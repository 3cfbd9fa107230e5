package io.viewal.worker.artifact;

import io.viewal.worker.dataset.Region;
import java.util.List;

/**
 * A list of regions: scene,frame,superpixel. Other columns are left out, so that {@code selection.csv} and
 * {@code regions.csv} are such lists.
 */
public final class RegionNamesCsv {

    private static final Csv<Row> CSV = new Csv<>(
            "the list of regions",
            List.of("scene", "frame", "superpixel"),
            r -> new Object[] {r.scene(), r.frame(), r.region()},
            row -> new Row(row.get("scene"), row.get("frame"), Region.parse(row.get("superpixel"))));

    private RegionNamesCsv() {}

    /**
     * A region by name.
     *
     * @param region in the column {@code superpixel}
     */
    public record Row(String scene, String frame, Region region) {}

    /** Reads the file's text. */
    public static List<Row> read(String text) {
        return CSV.read(text);
    }

    /**
     * Reads a list that a person wrote, or a spreadsheet, which may have put semicolons between columns.
     *
     * @param file for messages
     */
    public static List<Row> read(String file, String text) {
        String header = text.lines().findFirst().orElse("");
        char delimiter = header.indexOf(';') >= 0 && header.indexOf(',') < 0 ? ';' : ',';
        return new Csv<>(file, CSV.columns(), CSV.toCells(), CSV.fromCells()).read(text, delimiter);
    }
}
