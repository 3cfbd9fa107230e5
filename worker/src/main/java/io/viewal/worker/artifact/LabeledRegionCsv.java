package io.viewal.worker.artifact;

import io.viewal.worker.dataset.Region;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.csv.CSVRecord;

/**
 * {@code regions.csv} of a {@link LabelSet}: scene,frame,superpixel,pixels,round,rank,clicks,seconds; without the last two
 * in version 1.
 */
final class LabeledRegionCsv {

    private static final List<String> KNOWN_BEFORE = List.of("scene", "frame", "superpixel", "pixels", "round", "rank");

    private static final Csv<LabeledRegion> CSV = table(
            List.of("scene", "frame", "superpixel", "pixels", "round", "rank", "clicks", "seconds"),
            row -> Optional.of(new Effort(Long.parseLong(row.get("clicks")), Double.parseDouble(row.get("seconds")))));

    private static final Csv<LabeledRegion> VERSION_1 = table(KNOWN_BEFORE, row -> Optional.empty());

    private LabeledRegionCsv() {}

    private static Csv<LabeledRegion> table(List<String> columns, Function<CSVRecord, Optional<Effort>> effort) {
        return new Csv<>(
                "regions.csv",
                columns,
                LabeledRegionCsv::cells,
                row -> new LabeledRegion(
                        row.get("scene"),
                        row.get("frame"),
                        Region.parse(row.get("superpixel")),
                        Integer.parseInt(row.get("pixels")),
                        Integer.parseInt(row.get("round")),
                        Integer.parseInt(row.get("rank")),
                        effort.apply(row)));
    }

    private static Object[] cells(LabeledRegion r) {
        Effort effort =
                r.effort().orElseThrow(() -> new IllegalArgumentException("Nobody has counted what " + r + " took"));
        return new Object[] {
            r.scene(), r.frame(), r.region(), r.pixels(), r.round(), r.rank(), effort.clicks(), effort.seconds()
        };
    }

    static String write(List<LabeledRegion> regions) {
        return CSV.write(regions);
    }

    /**
     * Reads the file's text.
     *
     * @param version of the label set
     */
    static List<LabeledRegion> read(String text, int version) {
        return (version == 1 ? VERSION_1 : CSV).read(text);
    }
}
