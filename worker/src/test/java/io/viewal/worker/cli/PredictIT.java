package io.viewal.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.viewal.contract.ExitCode;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.dataset.Split;
import io.viewal.worker.model.weights.Safetensors;
import io.viewal.worker.model.weights.Tensor;
import io.viewal.worker.model.weights.TensorFile;
import io.viewal.worker.npy.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Predictions of a round's model by the command line, and what the other commands make of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PredictIT {

    private static final Pattern BLOCK = Pattern.compile("(backbone\\.features\\.(\\d+)\\.conv\\.)([\\d.]+)\\.(\\w+)");

    @TempDir
    static Path temp;

    private RoundFixture round;
    private DatasetManifest manifest;

    @BeforeAll
    void runARound() throws IOException {
        round = new RoundFixture(temp);
        manifest = DatasetManifest.read(Files.readAllBytes(round.dataset().resolve(DatasetManifest.FILE)));
    }

    @Test
    void predictScoreAndSelectComeToTheSameBytesAsTheStagesOfARound() throws IOException {
        String dataset = round.dataset().toString();
        String predictions = temp.resolve("chain/predictions").toString();
        String scores = temp.resolve("chain/scores").toString();
        Path selection = temp.resolve("chain/selection.csv");
        assertThat(predict(dataset, predictions, "--split", "train", "--passes", "2", "--seed", "7"))
                .as(round.err::toString)
                .isEqualTo(ExitCode.OK);
        assertThat(round.run(
                        "score",
                        "--scene",
                        dataset,
                        "--split",
                        "train",
                        "--probabilities",
                        predictions,
                        "--out",
                        scores))
                .as(round.err::toString)
                .isEqualTo(ExitCode.OK);
        List<String> names = manifest.scenes(Split.TRAIN).stream()
                .map(DatasetManifest.SceneEntry::name)
                .toList();
        assertThat(names)
                .hasSize(2)
                .allSatisfy(scene -> assertThat(Path.of(scores, scene, "superpixel-scores.csv"))
                        .hasSameBinaryContentAs(round.file("score", "scenes/" + scene + "/superpixel-scores.csv")));
        assertThat(round.run(
                        "select",
                        "--scores",
                        scores,
                        "--budget",
                        "5",
                        "--unit",
                        "regions",
                        "--already-labeled",
                        dataset + "/label-set.zip",
                        "--out",
                        selection.toString()))
                .as(round.err::toString)
                .isEqualTo(ExitCode.OK);
        assertThat(selection).hasSameBinaryContentAs(round.file("select", "selection.csv"));
    }

    @Test
    void theNumbersOfAPixelSumToOne() throws IOException {
        Path out = temp.resolve("one");
        assertThat(predict(scene().toString(), out.toString()))
                .as(round.err::toString)
                .isEqualTo(ExitCode.OK);
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files).hasSize(RoundFixture.FRAMES).allSatisfy(file -> {
                NpyFile array = NpyFile.open(file)
                        .require("<f4", manifest.classes().size(), RoundFixture.HEIGHT, RoundFixture.WIDTH);
                int pixels = RoundFixture.WIDTH * RoundFixture.HEIGHT;
                float[] values = array.floats(0, (int) array.size());
                for (int pixel = 0; pixel < pixels; pixel++) {
                    double sum = 0;
                    for (int c = 0; c < manifest.classes().size(); c++) {
                        sum += values[c * pixels + pixel];
                    }
                    assertThat(sum).isCloseTo(1, within(1e-5));
                }
            });
        }
        assertThat(round.out.toString()).contains("3 frames of", "classes and 80 x 60 pixels in " + out);
    }

    @Test
    void aFolderWithFilesIsNotWrittenTo() throws IOException {
        Path out = Files.createDirectories(temp.resolve("taken"));
        Files.writeString(out.resolve("notes.txt"), "mine");
        assertThat(predict(scene().toString(), out.toString())).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(round.err.toString()).contains("holds 'notes.txt' already", "a new or an empty folder", "another");
        assertThat(out)
                .isDirectoryContaining("glob:**notes.txt")
                .satisfies(folder -> assertThat(folder.toFile().list()).hasSize(1));
    }

    @Test
    void whatAnInterruptedPredictionLeftIsMadeAnew() throws IOException {
        Path out = temp.resolve("again");
        Files.createDirectories(out.resolve(".partial"));
        Files.writeString(out.resolve(".partial/frame-00000.npy"), "torn");
        assertThat(predict(scene().toString(), out.toString())).isEqualTo(ExitCode.OK);
        assertThat(out.toFile().list()).hasSize(RoundFixture.FRAMES).allMatch(name -> name.endsWith(".npy"));
    }

    @Test
    void whatIsMissingOrNoModelIsNamed() throws IOException {
        assertThat(round.run(
                        "predict", "--model", temp + "/no.safetensors", "--scene", scene() + "", "--out", temp + "/x"))
                .isNotEqualTo(ExitCode.OK);
        assertThat(round.err.toString())
                .contains("no.safetensors", "does not exist")
                .doesNotContain("\tat ");
        assertThat(predict(temp.resolve("nowhere").toString(), temp + "/x")).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(round.err.toString()).contains("nowhere is no scene");
        assertThat(predict(scene().toString(), temp + "/x", "--passes", "0")).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(round.err.toString()).contains("--passes is 0, expected 1 to 1000");
        assertThat(temp.resolve("x")).doesNotExist();
    }

    @Test
    void aStateDictOfAWholeNetworkPredictsAsTheModelThatItIsOf() throws IOException {
        Path stateDict = temp.resolve("published.safetensors");
        Map<String, Tensor> published = new TreeMap<>();
        Safetensors.read(round.file("train", "model.safetensors"))
                .tensors()
                .forEach((name, tensor) -> published.put("module." + publishedName(name), tensor));
        Safetensors.write(stateDict, TensorFile.of(Map.of(), published));
        String own = temp.resolve("by-model").toString();
        assertThat(predict(scene().toString(), own)).isEqualTo(ExitCode.OK);
        String corrected = temp.resolve("by-state-dict").toString();
        assertThat(predictBy(stateDict, corrected)).as(round.err::toString).isEqualTo(ExitCode.OK);
        String reference = temp.resolve("by-state-dict-reference").toString();
        assertThat(predictBy(stateDict, reference, "--mode", "reference"))
                .as(round.err::toString)
                .isEqualTo(ExitCode.OK);
        for (String name : Path.of(own).toFile().list()) {
            assertThat(Path.of(corrected, name)).hasSameBinaryContentAs(Path.of(own, name));
            assertThat(Files.mismatch(Path.of(reference, name), Path.of(own, name)))
                    .as("padding before the blocks gives other numbers")
                    .isNotEqualTo(-1);
        }
        assertThat(round.run(
                        "evaluate",
                        "--model",
                        stateDict.toString(),
                        "--dataset",
                        round.dataset().toString()))
                .as(round.err::toString)
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void whatTheModelSaysItselfIsNotOverruled() throws IOException {
        assertThat(predict(scene().toString(), temp + "/y", "--mode", "reference"))
                .isEqualTo(ExitCode.BAD_DATA);
        assertThat(round.err.toString()).contains("model.safetensors", "not that of mode reference", "leave that out");
        assertThat(predict(scene().toString(), temp + "/y", "--backbone", "EfficientNetLite0"))
                .isEqualTo(ExitCode.BAD_DATA);
        assertThat(round.err.toString()).contains("not that of backbone EfficientNetLite0");
        assertThat(predict(scene().toString(), temp + "/y", "--width", "40")).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(round.err.toString()).contains("--width and --height are 40 x 240", "has 80 x 60");
        assertThat(temp.resolve("y")).doesNotExist();
    }

    @Test
    void weightsOfABackboneAloneAreNoModel() throws IOException {
        Path backbone = temp.resolve("backbone.safetensors");
        Map<String, Tensor> tensors = new TreeMap<>(
                Safetensors.read(round.file("train", "model.safetensors")).tensors());
        tensors.keySet().removeIf(name -> !name.startsWith("backbone."));
        Safetensors.write(backbone, TensorFile.of(Map.of(), tensors));
        assertThat(predictBy(backbone, temp + "/z")).isEqualTo(ExitCode.BAD_DATA);
        assertThat(round.err.toString()).contains("backbone.safetensors", "no tensor 'decoder.last_conv.8.weight'");
    }

    /** The name that the published code gives a tensor: the layers of a block are numbered through, ReLUs included. */
    private static String publishedName(String own) {
        Matcher layer = BLOCK.matcher(own);
        if (!layer.matches()) {
            return own;
        }
        List<String> layers = layer.group(2).equals("1")
                ? List.of("0.0", "0.1", "", "1", "2")
                : List.of("0.0", "0.1", "", "1.0", "1.1", "", "2", "3");
        return layer.group(1) + layers.indexOf(layer.group(3)) + "." + layer.group(4);
    }

    private int predictBy(Path model, String out, String... more) throws IOException {
        return round.run(Stream.concat(
                        Stream.of("predict", "--model", model.toString(), "--scene", scene().toString(), "--out", out),
                        Arrays.stream(more))
                .toArray(String[]::new));
    }

    /** The folder of the first prepared scene. */
    private Path scene() throws IOException {
        String cameras =
                manifest.scenes().getFirst().files().values().iterator().next().name();
        return round.dataset().resolve(cameras).normalize().getParent();
    }

    private int predict(String scene, String out, String... more) throws IOException {
        return round.run(Stream.concat(
                        Stream.of(
                                "predict",
                                "--model",
                                round.file("train", "model.safetensors").toString(),
                                "--scene",
                                scene,
                                "--out",
                                out),
                        Arrays.stream(more))
                .toArray(String[]::new));
    }
}
