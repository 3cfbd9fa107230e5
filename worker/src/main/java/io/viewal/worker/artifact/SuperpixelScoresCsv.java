package io.viewal.worker.artifact;

import io.viewal.worker.dataset.Region;
import java.util.List;

/** {@code superpixel-scores.csv} of a scene: frame,superpixel,pixels,score,divergence, in frame and superpixel order. */
public final class SuperpixelScoresCsv {

    private static final Csv<Row> CSV = new Csv<>(
            "superpixel-scores.csv",
            List.of("frame", "superpixel", "pixels", "score", "divergence"),
            r -> new Object[] {r.frame(), r.region(), r.pixels(), r.score(), r.divergence()},
            row -> new Row(
                    row.get("frame"),
                    Region.parse(row.get("superpixel")),
                    Integer.parseInt(row.get("pixels")),
                    Double.parseDouble(row.get("score")),
                    Double.parseDouble(row.get("divergence"))));

    private SuperpixelScoresCsv() {}

    /**
     * A region's scores.
     *
     * @param region in the column {@code superpixel}
     * @param pixels of the region
     * @param score mean over its pixels, in bits for entropies
     * @param divergence mean view divergence in bits; NaN for strategies without one
     */
    public record Row(String frame, Region region, int pixels, double score, double divergence) {}

    /** The file's text. */
    public static String write(List<Row> rows) {
        return CSV.write(rows);
    }

    /** Reads the file's text. */
    public static List<Row> read(String text) {
        return CSV.read(text);
    }
}
