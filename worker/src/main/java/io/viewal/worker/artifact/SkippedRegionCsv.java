package io.viewal.worker.artifact;

import io.viewal.worker.dataset.Region;
import java.util.List;

/** {@code skipped.csv} of a {@link LabelSet}: scene,frame,superpixel,round. */
final class SkippedRegionCsv {

    private static final Csv<SkippedRegion> CSV = new Csv<>(
            "skipped.csv",
            List.of("scene", "frame", "superpixel", "round"),
            r -> new Object[] {r.scene(), r.frame(), r.region(), r.round()},
            row -> new SkippedRegion(
                    row.get("scene"),
                    row.get("frame"),
                    Region.parse(row.get("superpixel")),
                    Integer.parseInt(row.get("round"))));

    private SkippedRegionCsv() {}

    static String write(List<SkippedRegion> regions) {
        return CSV.write(regions);
    }

    static List<SkippedRegion> read(String text) {
        return CSV.read(text);
    }
}
