package io.viewal.worker.artifact;

import io.viewal.worker.dataset.Region;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/** {@code answers.csv} of a {@link LabelSet}: scene,frame,superpixel,round,annotator,at,answer,clicks,seconds,image. */
final class AnsweredRegionCsv {

    private static final Csv<AnsweredRegion> CSV = new Csv<>(
            "answers.csv",
            List.of("scene", "frame", "superpixel", "round", "annotator", "at", "answer", "clicks", "seconds", "image"),
            r -> new Object[] {
                r.scene(),
                r.frame(),
                r.region(),
                r.round(),
                r.annotator(),
                r.at(),
                r.answer(),
                r.effort().clicks(),
                r.effort().seconds(),
                r.imageDigest()
            },
            row -> new AnsweredRegion(
                    row.get("scene"),
                    row.get("frame"),
                    Region.parse(row.get("superpixel")),
                    Integer.parseInt(row.get("round")),
                    row.get("annotator"),
                    instant(row.get("at")),
                    row.get("answer"),
                    new Effort(Long.parseLong(row.get("clicks")), Double.parseDouble(row.get("seconds"))),
                    row.get("image")));

    private AnsweredRegionCsv() {}

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + text + "' is no time such as 2027-01-31T18:00:00Z", e);
        }
    }

    static String write(List<AnsweredRegion> answers) {
        return CSV.write(answers);
    }

    static List<AnsweredRegion> read(String text) {
        return CSV.read(text);
    }
}
