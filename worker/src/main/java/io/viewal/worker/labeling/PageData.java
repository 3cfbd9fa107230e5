package io.viewal.worker.labeling;

import io.viewal.worker.answer.Answer;
import io.viewal.worker.answer.Given;
import io.viewal.worker.dataset.ClassColors;
import io.viewal.worker.dataset.VoidLabel;
import java.util.List;

/** What the page and its server say to each other, as JSON. */
final class PageData {

    private PageData() {}

    /** A class as the palette shows it; {@code key} is empty when it has none. */
    record ClassEntry(int id, String name, String color, String key) {

        static String color(int id) {
            return "#%06x".formatted(ClassColors.of(id));
        }
    }

    /** The round, asked for once. */
    record Round(String name, int width, int height, List<ClassEntry> classes, LabelingDesk.Progress progress) {}

    /** A tab asks for its next regions. */
    record Ask(String session, int count) {}

    /**
     * A region to label.
     *
     * @param image its address
     * @param box left, top, right, bottom in pixels
     * @param outline SVG path
     * @param runs start and length of each run of the region's pixels, by index in row order
     * @param predicted class and length of each run of the region's pixels in row order
     * @param guess class id; 255 for none
     * @param share of the pixels, 0 to 1
     */
    record Region(
            String digest,
            String scene,
            String frame,
            String image,
            String imageDigest,
            int[] box,
            String outline,
            List<int[]> runs,
            List<int[]> predicted,
            int guess,
            double share) {}

    /** The next regions, and how far all are. */
    record Next(List<Region> regions, LabelingDesk.Progress progress) {}

    /** The same surface in another frame. */
    record View(String frame, String image, String outline, int[] box) {}

    /** An answered region for the review. */
    record Answered(Region region, String annotator, String answer, String color) {

        static Answered of(Region region, Answer answer, List<String> classes) {
            String said = switch (answer.given()) {
                case Given.OneClass one -> one.label();
                case Given.Painted painted -> String.join(", ", painted.names().values());
                case Given.Skipped skipped ->
                    "skipped: "
                            + switch (skipped.reason()) {
                                case Unclear -> "unclear";
                                case NoClass -> "none of the classes";
                                case BadOutline -> "its outline";
                                case Other -> skipped.note().isEmpty() ? "another reason" : skipped.note();
                            };
                case Given.Withdrawn withdrawn -> "taken back";
            };
            int id = switch (answer.given()) {
                case Given.OneClass one -> classes.indexOf(one.label());
                case Given.Painted painted ->
                    painted.names().keySet().iterator().next();
                default -> VoidLabel.ID;
            };
            return new Answered(region, answer.annotator(), said, ClassEntry.color(id));
        }
    }

    /**
     * What somebody answered.
     *
     * @param id made by the page
     * @param kind of {@link Given}, by its name
     * @param label class name, of one class
     * @param runs class id (255 for none) and length of each run of the region's pixels in row order, of a painted one
     */
    record Said(
            String id,
            String session,
            String annotator,
            String digest,
            String imageDigest,
            long clicks,
            double seconds,
            String kind,
            String label,
            List<int[]> runs,
            Given.Reason reason,
            String note) {}

    /** Why something is refused. */
    record Problem(String error) {}
}
