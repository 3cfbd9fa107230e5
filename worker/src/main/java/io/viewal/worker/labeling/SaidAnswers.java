package io.viewal.worker.labeling;

import io.viewal.worker.answer.Answer;
import io.viewal.worker.answer.Given;
import io.viewal.worker.artifact.Effort;
import io.viewal.worker.artifact.GreyPng;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.stage.OpenScene.OpenRegion;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns what a page says into an answer, or says what is wrong with it. */
final class SaidAnswers {

    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_NOTE = 500;
    private static final double MOST_SECONDS = Duration.ofDays(1).toSeconds();
    private static final long MOST_CLICKS = 100_000;

    private final DatasetManifest manifest;

    SaidAnswers(DatasetManifest manifest) {
        this.manifest = manifest;
    }

    /**
     * The answer.
     *
     * @param imageDigest of the region's frame as it is now
     * @throws RefusedException when it is none
     */
    Answer answer(PageData.Said said, OpenRegion region, String imageDigest, Instant now) {
        require(said.id() != null && said.id().matches("[A-Za-z0-9-]{8,64}"), "The answer has no id");
        require(
                said.annotator() != null
                        && !said.annotator().isBlank()
                        && said.annotator().length() <= LONGEST_NAME
                        && said.annotator().chars().noneMatch(Character::isISOControl),
                "The annotator's name is empty or longer than " + LONGEST_NAME + " characters");
        require(
                said.seconds() >= 0
                        && said.seconds() <= MOST_SECONDS
                        && said.clicks() >= 0
                        && said.clicks() <= MOST_CLICKS,
                "An answer takes no " + said.seconds() + " seconds and " + said.clicks() + " clicks");
        require(
                imageDigest.equals(said.imageDigest()),
                "The answer is to another image than frame '" + region.row().frame() + "': load the page again");
        return new Answer(
                said.id(),
                said.annotator().strip(),
                now,
                new Effort(said.clicks(), said.seconds()),
                new Answer.Target(
                        region.row().scene(),
                        region.row().frame(),
                        region.row().region().toString(),
                        region.digest(),
                        imageDigest),
                given(said, region));
    }

    private Given given(PageData.Said said, OpenRegion region) {
        return switch (said.kind() == null ? "" : said.kind()) {
            case "OneClass" -> {
                require(manifest.classes().contains(said.label()), "The data set has no class '" + said.label() + "'");
                yield new Given.OneClass(said.label());
            }
            case "Painted" -> painted(said.runs() == null ? List.of() : said.runs(), region);
            case "Skipped" -> {
                require(said.reason() != null, "A region is skipped for a reason");
                String note = said.note() == null ? "" : said.note().strip();
                yield new Given.Skipped(said.reason(), note.substring(0, Math.min(LONGEST_NOTE, note.length())));
            }
            case "Withdrawn" -> new Given.Withdrawn();
            default -> throw refused("'" + said.kind() + "' is no kind of answer");
        };
    }

    private Given.Painted painted(List<int[]> runs, OpenRegion region) {
        byte[] ids = new byte[manifest.size().pixels()];
        Arrays.fill(ids, (byte) VoidLabel.ID);
        Map<Integer, String> names = new TreeMap<>();
        int pixel = -1;
        long painted = 0;
        for (int[] run : runs) {
            require(run.length == 2 && run[1] > 0, "A run of painted pixels has a class and a length");
            int id = run[0];
            require(id == VoidLabel.ID || id >= 0 && id < manifest.classes().size(), "The data set has no class " + id);
            painted += run[1];
            require(painted <= region.pixels().cardinality(), anotherSize(region));
            for (int i = 0; i < run[1]; i++) {
                pixel = region.pixels().nextSetBit(pixel + 1);
                ids[pixel] = (byte) id;
            }
            if (id != VoidLabel.ID) {
                names.put(id, manifest.classes().get(id));
            }
        }
        require(painted == region.pixels().cardinality(), anotherSize(region));
        require(!names.isEmpty(), "Nothing of the region is painted: skip it, or paint the classes that are in it");
        return new Given.Painted(GreyPng.encode(ids, manifest.size()), names);
    }

    private static String anotherSize(OpenRegion region) {
        return "The painted pixels are not those of the region, which has "
                + region.pixels().cardinality() + ": load the page again";
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw refused(otherwise);
        }
    }

    private static RefusedException refused(String sentence) {
        return new RefusedException(RefusedException.BAD_REQUEST, sentence);
    }
}
