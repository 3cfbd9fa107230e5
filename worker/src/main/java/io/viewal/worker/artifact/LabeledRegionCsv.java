package io.viewal.worker.artifact;

import io.viewal.worker.dataset.Region;
import java.util.List;

/** {@code regions.csv} of a {@link LabelSet}: scene,frame,superpixel,pixels,round,rank. */
final class LabeledRegionCsv {

    private static final Csv<LabeledRegion> CSV = new Csv<>(
            "regions.csv",
            List.of("scene", "frame", "superpixel", "pixels", "round", "rank"),
            r -> new Object[] {r.scene(), r.frame(), r.region(), r.pixels(), r.round(), r.rank()},
            row -> new LabeledRegion(
                    row.get("scene"),
                    row.get("frame"),
                    Region.parse(row.get("superpixel")),
                    Integer.parseInt(row.get("pixels")),
                    Integer.parseInt(row.get("round")),
                    Integer.parseInt(row.get("rank"))));

    private LabeledRegionCsv() {}

    static String write(List<LabeledRegion> regions) {
        return CSV.write(regions);
    }

    static List<LabeledRegion> read(String text) {
        return CSV.read(text);
    }
}
