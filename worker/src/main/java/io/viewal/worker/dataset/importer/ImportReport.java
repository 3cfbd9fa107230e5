package io.viewal.worker.dataset.importer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.viewal.contract.ContractJson;
import io.viewal.worker.dataset.importer.source.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an import did.
 *
 * @param scenes in the order of the source, those that were left out as well
 * @param notRead what the source holds beside them; empty when not all frames were asked for
 */
public record ImportReport(List<SceneEntry> scenes, List<NotRead> notRead) {

    /** Name of the report's file, beside the scenes. */
    public static final String FILE = "import-report.json";

    public ImportReport {
        scenes = List.copyOf(scenes);
        notRead = List.copyOf(notRead);
    }

    /**
     * One scene.
     *
     * @param outcome whether it was written
     * @param frames written
     * @param passedOver frames that were not asked for
     * @param leftOut frames that could not be imported; for a scene that is left out as a whole, the reason alone
     * @param unlabeled frames that were written without a label map
     */
    public record SceneEntry(
            String name, Outcome outcome, int frames, int passedOver, List<LeftOut> leftOut, List<String> unlabeled) {

        public SceneEntry {
            leftOut = List.copyOf(leftOut);
            unlabeled = List.copyOf(unlabeled);
        }

        static SceneEntry thereAlready(String name) {
            return new SceneEntry(name, Outcome.THERE_ALREADY, 0, 0, List.of(), List.of());
        }

        static SceneEntry leftOut(String name, String reason) {
            return new SceneEntry(name, Outcome.LEFT_OUT, 0, 0, List.of(new LeftOut(null, reason)), List.of());
        }
    }

    /** What became of a scene. */
    public enum Outcome {
        IMPORTED,
        THERE_ALREADY,
        LEFT_OUT
    }

    /**
     * Something that was not imported.
     *
     * @param frame its name; null: the rest of the scene, or all of it
     * @param reason a clause
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LeftOut(String frame, String reason) {}

    /** Scenes written. */
    public int sceneCount() {
        return (int)
                scenes.stream().filter(s -> s.outcome() == Outcome.IMPORTED).count();
    }

    /** Frames written. */
    public int frameCount() {
        return scenes.stream().mapToInt(SceneEntry::frames).sum();
    }

    /** A line for each frame or scene that was left out. */
    public Stream<String> leftOutLines() {
        return scenes.stream()
                .flatMap(scene -> scene.leftOut().stream()
                        .map(left -> scene.name() + (left.frame() == null ? "" : ", frame " + left.frame()) + ": "
                                + left.reason()));
    }

    /** A line for each scene with frames that have no label map. */
    public Stream<String> unlabeledLines() {
        return scenes.stream()
                .filter(scene -> !scene.unlabeled().isEmpty())
                .map(scene -> scene.name() + ": " + scene.unlabeled().size() + " of " + scene.frames() + " frames ("
                        + SourceTree.shortened(scene.unlabeled()) + ")");
    }

    /** Writes the report into the folder of the scenes, in place of an earlier one. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path partial = folder.resolve("." + FILE + ".partial");
        ContractJson.mapper().writer(SerializationFeature.INDENT_OUTPUT).writeValue(partial.toFile(), this);
        Files.move(partial, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
