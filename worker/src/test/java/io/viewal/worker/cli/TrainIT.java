package io.viewal.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.viewal.contract.ExitCode;
import io.viewal.worker.artifact.GreyPng;
import io.viewal.worker.dataset.ImageSize;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Trainings by the command line beside that of a round with the same options. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainIT {

    private static final List<String> FILES = List.of("model.safetensors", "history.csv", "metrics.json");

    @TempDir
    static Path temp;

    private RoundFixture round;

    @BeforeAll
    void runARound() throws IOException {
        round = new RoundFixture(temp);
    }

    @Test
    void everyWayToGiveTheSameLabelsLeavesTheSameBytesAsTheRound() throws IOException {
        Path set = round.dataset().resolve("label-set.zip");
        for (String labels : List.of(set.toString(), unpacked(set).toString(), "seed")) {
            Path out = temp.resolve("trained-" + Path.of(labels).getFileName());
            assertThat(train(labels, out)).as(round.err::toString).isEqualTo(ExitCode.OK);
            assertThat(out.toFile().list()).containsExactlyInAnyOrderElementsOf(FILES);
            for (String file : FILES) {
                assertThat(out.resolve(file)).hasSameBinaryContentAs(round.file("train", file));
            }
        }
        assertThat(round.out.toString())
                .contains("2 frames with labels train, 3 validate, 3 test", "begins with random weights")
                .contains("train    100 %", "test        mean IoU");
    }

    @Test
    void aTrainingThatWasToldToStopGoesOnWithTheSameCommand() throws Exception {
        Path out = temp.resolve("stopped");
        String[] command = arguments("all", out, "--epochs", "20", "--checkpoint-every", "1");
        Process process =
                new ProcessBuilder(java(command)).redirectErrorStream(true).start();
        String printed = untilATenthIsDone(process);
        process.toHandle().destroy();
        printed += new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(printed).contains("the same command goes on from there");
        assertThat(out.toFile().list()).as(printed).containsExactly(".partial");

        String[] other = command.clone();
        other[Arrays.asList(command).indexOf("20")] = "21";
        assertThat(round.run(other)).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(round.err.toString()).contains("an unfinished training with another --epochs (20, now 21)");

        assertThat(round.run(command)).as(round.err::toString).isEqualTo(ExitCode.OK);
        assertThat(round.out.toString()).doesNotContain("epoch 1 of 20");
        assertThat(out.toFile().list()).containsExactlyInAnyOrderElementsOf(FILES);
        Path whole = temp.resolve("whole");
        assertThat(round.run(arguments("all", whole, "--epochs", "20", "--checkpoint-every", "1")))
                .isEqualTo(ExitCode.OK);
        for (String file : FILES) {
            assertThat(out.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
        assertThat(round.run(command)).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(round.err.toString()).contains("holds 'history.csv' and 2 more already");
    }

    @Test
    void scenesThatAreNotPreparedTrainAndAreMeasuredToo() throws IOException {
        Path scenes = temp.resolve("scenes");
        assertThat(round.run("dataset", "export", round.dataset().toString(), "--out", scenes.toString()))
                .isEqualTo(ExitCode.OK);
        Path out = temp.resolve("from-scenes");
        assertThat(round.run(
                        "train",
                        "--dataset",
                        scenes.toString(),
                        "--width",
                        "80",
                        "--height",
                        "60",
                        "--labels",
                        "seed",
                        "--seed-frames",
                        "2",
                        "--epochs",
                        "1",
                        "--out",
                        out.toString()))
                .as(round.err::toString)
                .isEqualTo(ExitCode.OK);
        JsonNode metrics =
                new ObjectMapper().readTree(out.resolve("metrics.json").toFile());
        assertThat(round.run(
                        "evaluate",
                        "--model",
                        out.resolve("model.safetensors").toString(),
                        "--dataset",
                        scenes.toString(),
                        "--split",
                        "validation",
                        "--out",
                        temp.resolve("measured").toString()))
                .as(round.err::toString)
                .isEqualTo(ExitCode.OK);
        JsonNode measured = new ObjectMapper()
                .readTree(temp.resolve("measured/metrics.json").toFile());
        assertThat(measured.get("confusion")).isEqualTo(metrics.get("validationConfusion"));
    }

    @Test
    void labelsThatDoNotFitAreNamed() throws IOException {
        assertThat(train("nowhere", temp.resolve("x"))).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(round.err.toString()).contains("--labels is 'nowhere'", "label-set.zip", "'seed' or 'all'");
        Path empty = Files.createDirectories(temp.resolve("empty"));
        assertThat(train(empty.toString(), temp.resolve("x"))).isEqualTo(ExitCode.BAD_DATA);
        assertThat(round.err.toString()).contains("has no labeled frame");
        Path map = Files.createDirectories(temp.resolve("foreign/attic")).resolve("f0.png");
        Files.write(map, GreyPng.encode(new byte[80 * 60], new ImageSize(80, 60)));
        assertThat(train(temp + "/foreign", temp.resolve("x"))).isEqualTo(ExitCode.BAD_DATA);
        assertThat(round.err.toString()).contains("no scene 'attic'", "another data set's");
        Files.write(map, GreyPng.encode(new byte[40 * 30], new ImageSize(40, 30)));
        assertThat(train(temp + "/foreign", temp.resolve("x"))).isEqualTo(ExitCode.BAD_DATA);
        assertThat(round.err.toString()).contains("f0.png is not an 8-bit grey PNG of 80 x 60 pixels");
        assertThat(temp.resolve("x")).doesNotExist();
    }

    @Test
    void whatIsMissingIsNamedBeforeAnythingIsWritten() throws IOException {
        Path out = temp.resolve("never");
        assertThat(round.run("train", "--dataset", temp + "/no", "--labels", "seed", "--out", out.toString()))
                .isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(round.err.toString()).contains("/no' is no folder");
        assertThat(round.run(arguments("seed", out, "--pretrained", temp + "/no.pth")))
                .isNotEqualTo(ExitCode.OK);
        assertThat(round.err.toString()).contains("no.pth").doesNotContain("\tat ");
    }

    /** The label maps of a set in a folder. */
    private Path unpacked(Path set) throws IOException {
        Path folder = temp.resolve("maps");
        try (ZipFile zip = new ZipFile(set.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entry.getName().endsWith(".png")) {
                    Path file = folder.resolve(entry.getName());
                    Files.createDirectories(file.getParent());
                    try (InputStream in = zip.getInputStream(entry)) {
                        Files.copy(in, file);
                    }
                }
            }
        }
        return folder;
    }

    private int train(String labels, Path out) throws IOException {
        return round.run(arguments(labels, out, "--epochs", "2"));
    }

    private String[] arguments(String labels, Path out, String... more) throws IOException {
        return Stream.concat(
                        Stream.of(
                                "train",
                                "--dataset",
                                round.dataset().toString(),
                                "--labels",
                                labels,
                                "--batch-size",
                                "2",
                                "--learning-rate",
                                "0.01",
                                "--validate-every",
                                "1",
                                "--seed",
                                Long.toString(RoundFixture.SEED),
                                "--out",
                                out.toString()),
                        Arrays.stream(more))
                .toArray(String[]::new);
    }

    /** The command in a process of its own. */
    private static List<String> java(String... command) {
        List<String> line = new ArrayList<>();
        line.add(ProcessHandle.current().info().command().orElseThrow());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-javaagent"))
                .forEach(line::add);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), ViewalCommand.class.getName()));
        line.addAll(List.of(command));
        return line;
    }

    /** Reads what a process prints until a tenth of its training is done. */
    private static String untilATenthIsDone(Process process) throws IOException {
        StringBuilder printed = new StringBuilder();
        InputStream in = process.getInputStream();
        while (printed.indexOf("train     10 %") < 0) {
            int character = in.read();
            if (character < 0) {
                break;
            }
            printed.append((char) character);
        }
        return printed.toString();
    }
}
