package io.viewal.worker.artifact;

import java.util.List;

/**
 * A list of regions: scene,frame,superpixel. Other columns are left out, so that {@code selection.csv} and
 * {@code regions.csv} are such lists.
 */
public final class RegionNamesCsv {

    private static final Csv<Row> CSV = new Csv<>(
            "the list of regions",
            List.of("scene", "frame", "superpixel"),
            r -> new Object[] {r.scene(), r.frame(), r.superpixel()},
            row -> new Row(row.get("scene"), row.get("frame"), Integer.parseInt(row.get("superpixel"))));

    private RegionNamesCsv() {}

    /**
     * A region by name.
     *
     * @param superpixel its id, or −1 for a whole frame
     */
    public record Row(String scene, String frame, int superpixel) {}

    /** Reads the file's text. */
    public static List<Row> read(String text) {
        return CSV.read(text);
    }
}
