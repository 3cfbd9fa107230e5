package io.viewal.worker.dataset.importer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.viewal.contract.ContractJson;
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
 */
public record ImportReport(List<SceneEntry> scenes) {

    /** Name of the report's file, beside the scenes. */
    public static final String FILE = "import-report.json";

    public ImportReport {
        scenes = List.copyOf(scenes);
    }

    /**
     * One scene.
     *
     * @param outcome whether it was written
     * @param frames written
     * @param passedOver frames that were not asked for
     * @param leftOut frames that could not be imported; for a scene that is left out as a whole, the reason alone
     */
    public record SceneEntry(String name, Outcome outcome, int frames, int passedOver, List<LeftOut> leftOut) {

        public SceneEntry {
            leftOut = List.copyOf(leftOut);
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

    /** Writes the report into the folder of the scenes, in place of an earlier one. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path partial = folder.resolve("." + FILE + ".partial");
        ContractJson.mapper().writer(SerializationFeature.INDENT_OUTPUT).writeValue(partial.toFile(), this);
        Files.move(partial, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
