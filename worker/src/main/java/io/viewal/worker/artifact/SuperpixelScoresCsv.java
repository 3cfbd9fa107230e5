package io.viewal.worker.artifact;

import java.util.List;

/** {@code superpixel-scores.csv} of a scene: frame,superpixel,pixels,score,divergence, in frame and superpixel order. */
public final class SuperpixelScoresCsv {

    private static final Csv<Row> CSV = new Csv<>(
            "superpixel-scores.csv",
            List.of("frame", "superpixel", "pixels", "score", "divergence"),
            r -> new Object[] {r.frame(), r.superpixel(), r.pixels(), r.score(), r.divergence()},
            row -> new Row(
                    row.get("frame"),
                    Integer.parseInt(row.get("superpixel")),
                    Integer.parseInt(row.get("pixels")),
                    Double.parseDouble(row.get("score")),
                    Double.parseDouble(row.get("divergence"))));

    private SuperpixelScoresCsv() {}

    /**
     * A superpixel's scores.
     *
     * @param superpixel its id, or −1 for a whole frame
     * @param pixels of the region
     * @param score mean over its pixels, in bits for entropies
     * @param divergence mean view divergence in bits; NaN for strategies without one
     */
    public record Row(String frame, int superpixel, int pixels, double score, double divergence) {}

    /** The file's text. */
    public static String write(List<Row> rows) {
        return CSV.write(rows);
    }

    /** Reads the file's text. */
    public static List<Row> read(String text) {
        return CSV.read(text);
    }
}
