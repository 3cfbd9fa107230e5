package io.viewal.worker.artifact;

import io.viewal.worker.dataset.Region;
import java.util.List;

/** {@code selection.csv}: the chosen regions in the order of choice, rank,scene,frame,superpixel,pixels,score,divergence. */
public final class SelectionCsv {

    private static final Csv<Row> CSV = new Csv<>(
            "selection.csv",
            List.of("rank", "scene", "frame", "superpixel", "pixels", "score", "divergence"),
            r -> new Object[] {r.rank(), r.scene(), r.frame(), r.region(), r.pixels(), r.score(), r.divergence()},
            row -> new Row(
                    Integer.parseInt(row.get("rank")),
                    row.get("scene"),
                    row.get("frame"),
                    Region.parse(row.get("superpixel")),
                    Integer.parseInt(row.get("pixels")),
                    Double.parseDouble(row.get("score")),
                    Double.parseDouble(row.get("divergence"))));

    private SelectionCsv() {}

    /**
     * A chosen region.
     *
     * @param rank from 0
     * @param region in the column {@code superpixel}
     * @param score what it was ranked by, in bits for entropies
     * @param divergence mean view divergence in bits; NaN for strategies without one
     */
    public record Row(
            int rank, String scene, String frame, Region region, int pixels, double score, double divergence) {}

    /** The file's text. */
    public static String write(List<Row> rows) {
        return CSV.write(rows);
    }

    /** Reads the file's text. */
    public static List<Row> read(String text) {
        return CSV.read(text);
    }
}
