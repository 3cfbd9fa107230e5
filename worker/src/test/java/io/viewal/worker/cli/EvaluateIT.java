package io.viewal.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.viewal.contract.ExitCode;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.dataset.DatasetManifest.SceneEntry;
import io.viewal.worker.dataset.SceneFile;
import io.viewal.worker.dataset.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A round's model measured by the command line. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvaluateIT {

    @TempDir
    static Path temp;

    private RoundFixture round;

    @BeforeAll
    void runARound() throws IOException {
        round = new RoundFixture(temp);
    }

    @Test
    void theFiguresAreThoseOfTheTraining() throws IOException {
        JsonNode trained =
                new ObjectMapper().readTree(round.file("train", "metrics.json").toFile());
        for (String split : List.of("test", "validation")) {
            Path out = temp.resolve("figures-" + split);
            assertThat(evaluate("--split", split, "--out", out.toString()))
                    .as(round.err::toString)
                    .isEqualTo(ExitCode.OK);
            JsonNode evaluated =
                    new ObjectMapper().readTree(out.resolve("metrics.json").toFile());
            assertThat(evaluated.get("figures")).isEqualTo(trained.get(split));
            assertThat(evaluated.get("confusion")).isEqualTo(trained.get(split + "Confusion"));
            assertThat(evaluated.get("frames").asInt()).isEqualTo(RoundFixture.FRAMES);
            assertThat(round.out.toString()).contains("mean IoU", "frequency-weighted IoU", "wall", "floor");
        }
    }

    @Test
    void aSubsetIsMeasuredAmongItsClassesAlone() throws IOException {
        Path whole = temp.resolve("no-subset");
        evaluate("--out", whole.toString());
        JsonNode counts = new ObjectMapper()
                .readTree(whole.resolve("metrics.json").toFile())
                .get("confusion");
        int[] pair = aClassAndAnotherItIsTakenFor(counts);
        Path out = temp.resolve("subset");
        assertThat(evaluate("--subset", "pair=" + pair[0] + "," + pair[1], "--subset", "first=wall", "--out", out + ""))
                .as(round.err::toString)
                .isEqualTo(ExitCode.OK);
        assertThat(round.out.toString()).contains("mean IoU of pair (2 classes)", "mean IoU of first (1 classes)");
        double expected = 0;
        for (int i = 0; i < 2; i++) {
            int own = pair[i];
            int other = pair[1 - i];
            double hit = counts.get(own).get(own).asLong();
            double union = hit
                    + counts.get(own).get(other).asLong()
                    + counts.get(other).get(own).asLong();
            expected += hit / union / 2;
        }
        JsonNode json = new ObjectMapper().readTree(out.resolve("metrics.json").toFile());
        assertThat(json.at("/subsets/pair/figures/meanIoU").asDouble()).isCloseTo(expected, within(1e-12));
        assertThat(evaluate("--subset", "shell=wall,ghost")).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(round.err.toString()).contains("subset shell has 'ghost'", "expected ids from 0 to", "floor");
        assertThat(evaluate("--subset", "wall")).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(round.err.toString()).contains("--subset is 'wall', expected NAME=ID");
    }

    @Test
    void aSplitWithoutFramesAndOtherClassesAreNamed() throws IOException {
        Path dataset = copy("all-train", Split.TRAIN, "lamp");
        assertThat(evaluateOn(dataset)).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(round.err.toString()).contains("classes apart", "lamp", "expected the same");
        Path trainOnly = copy("train-only", Split.TRAIN, null);
        assertThat(evaluateOn(trainOnly)).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(round.err.toString())
                .contains("The split test of " + trainOnly + " has 0 scenes", "another --split");
        assertThat(evaluateOn(temp.resolve("nowhere"))).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(round.err.toString()).contains("nowhere' is no folder", "a prepared data set or a folder of scenes");
    }

    private static int[] aClassAndAnotherItIsTakenFor(JsonNode counts) {
        for (int truth = 0; truth < counts.size(); truth++) {
            for (int prediction = 0; prediction < counts.size(); prediction++) {
                if (truth != prediction && counts.get(truth).get(prediction).asLong() > 0) {
                    return new int[] {truth, prediction};
                }
            }
        }
        throw new AssertionError("Two epochs of training have made a network without a fault");
    }

    /** The data set's manifest with all scenes in one split, and a class more unless it is null. */
    private Path copy(String name, Split split, String newClass) throws IOException {
        DatasetManifest old =
                DatasetManifest.read(Files.readAllBytes(round.dataset().resolve(DatasetManifest.FILE)));
        List<String> classes = newClass == null
                ? old.classes()
                : Stream.concat(old.classes().stream(), Stream.of(newClass)).toList();
        Path folder = Files.createDirectories(temp.resolve(name));
        List<SceneEntry> scenes = old.scenes().stream()
                .map(scene -> new SceneEntry(scene.name(), split, scene.frames(), absolute(scene)))
                .toList();
        DatasetManifest changed = new DatasetManifest(
                DatasetManifest.VERSION, classes, old.width(), old.height(), scenes, old.seedFrames());
        Files.write(folder.resolve(DatasetManifest.FILE), changed.toBytes());
        return folder;
    }

    private Map<String, DatasetManifest.FileEntry> absolute(SceneEntry scene) {
        Map<String, DatasetManifest.FileEntry> files = new TreeMap<>();
        for (SceneFile file : SceneFile.values()) {
            DatasetManifest.FileEntry entry = scene.file(file);
            if (entry != null) {
                try {
                    String path =
                            round.dataset().resolve(entry.name()).normalize().toString();
                    files.put(file.key(), new DatasetManifest.FileEntry(path, entry.bytes(), entry.sha256()));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        }
        return files;
    }

    private int evaluate(String... more) throws IOException {
        return evaluateOn(round.dataset(), more);
    }

    private int evaluateOn(Path dataset, String... more) throws IOException {
        return round.run(Stream.concat(
                        Stream.of(
                                "evaluate",
                                "--model",
                                round.file("train", "model.safetensors").toString(),
                                "--dataset",
                                dataset.toString()),
                        Arrays.stream(more))
                .toArray(String[]::new));
    }
}
