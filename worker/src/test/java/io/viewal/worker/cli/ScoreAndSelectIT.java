package io.viewal.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.viewal.contract.ExitCode;
import io.viewal.worker.artifact.SelectionCsv;
import io.viewal.worker.artifact.SuperpixelScoresCsv;
import io.viewal.worker.dataset.Region;
import io.viewal.worker.npy.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scores and selections from predictions in files, by the command line. */
class ScoreAndSelectIT extends ScoreAndSelectFixture {

    @Test
    void writesMapsAndScoresOfEachFrame() throws IOException {
        scene("room", 3);
        assertThat(score("room")).isEqualTo(ExitCode.OK);
        for (String frame : List.of("f0", "f1", "f2")) {
            for (String kind : List.of("view-entropy", "view-divergence")) {
                NpyFile.open(temp.resolve("scores/room").resolve(kind).resolve(frame + ".npy"))
                        .require("<f4", HEIGHT, WIDTH);
            }
        }
        assertThat(rows("room"))
                .hasSize(3 * 4)
                .allSatisfy(row -> assertThat(row.pixels()).isEqualTo(12))
                .anySatisfy(row -> assertThat(row.score()).isPositive());
    }

    @Test
    void theScoreOfASuperpixelIsTheMeanOfItsPixels() throws IOException {
        scene("room", 2);
        score("room");
        NpyFile entropy = NpyFile.open(temp.resolve("scores/room/view-entropy/f1.npy"));
        double mean = 0;
        for (int pixel = 12; pixel < 24; pixel++) {
            mean += entropy.get(pixel) / 12;
        }
        assertThat(rows("room").get(5).score()).isCloseTo(mean, within(1e-6));
    }

    @Test
    void theSameInputGivesTheSameBytes() throws IOException {
        scene("room", 3);
        score("room");
        byte[] table = Files.readAllBytes(temp.resolve("scores/room/superpixel-scores.csv"));
        byte[] overlap = Files.readAllBytes(temp.resolve("scores/room/overlap.bin"));
        score("room");
        assertThat(temp.resolve("scores/room/superpixel-scores.csv")).hasBinaryContent(table);
        assertThat(temp.resolve("scores/room/overlap.bin")).hasBinaryContent(overlap);
    }

    @Test
    void leavesNoScratchFilesBehind() throws IOException {
        scene("room", 1);
        score("room");
        assertThat(temp.resolve("scores/room").toFile().list())
                .containsExactlyInAnyOrder(
                        "view-entropy", "view-divergence", "superpixel-scores.csv", "overlap.bin", "scene.json");
    }

    @Test
    void drawsHeatMapsWithTheirScaleWhenAsked() throws IOException {
        scene("room", 2);
        assertThat(score("room", "--heat-maps")).isEqualTo(ExitCode.OK);
        Path pictures = temp.resolve("scores/room/heat-maps");
        assertThat(pictures.toFile().list())
                .containsExactlyInAnyOrder(
                        "f0-view-entropy.png",
                        "f0-view-divergence.png",
                        "f1-view-entropy.png",
                        "f1-view-divergence.png");
        assertThat(ImageIO.read(pictures.resolve("f0-view-entropy.png").toFile())
                        .getWidth())
                .as("the map and its scale")
                .isGreaterThan(NpyFile.open(temp.resolve("scores/room/view-entropy/f0.npy"))
                        .shape()[1]);
    }

    @Test
    void aSceneOfOneFrameIsScored() throws IOException {
        scene("room", 1);
        assertThat(score("room")).isEqualTo(ExitCode.OK);
        assertThat(rows("room")).hasSize(4);
    }

    @Test
    void aFrameWithoutAnyDepthIsScoredByItsPredictionsAndCanBeChosen() throws IOException {
        scene("room", 3);
        withoutDepth("room", "f1");
        // The frame without depth is the least sure: its prediction gives each class a third.
        predict("room", "f1", CLASSES, 1f / CLASSES);
        assertThat(score("room")).as(err::toString).isEqualTo(ExitCode.OK);
        double uniform = Math.log(CLASSES) / Math.log(2);
        assertThat(rows("room").stream().filter(row -> row.frame().equals("f1")))
                .hasSize(4)
                .allSatisfy(row -> {
                    assertThat(row.score()).isCloseTo(uniform, within(1e-5));
                    assertThat(row.divergence()).isZero();
                });
        assertThat(select("--scores", scores("room"), "--budget", "4", "--budget-unit", "regions"))
                .isEqualTo(ExitCode.OK);
        assertThat(selection())
                .hasSize(4)
                .allSatisfy(row -> assertThat(row.frame()).isEqualTo("f1"));
    }

    @Test
    void aSceneWithoutAnyDepthIsScoredAndChosenFromInTheOrderOfEntropy() throws IOException {
        scene("room", 2);
        withoutDepth("room", "f0");
        withoutDepth("room", "f1");
        assertThat(score("room")).as(err::toString).isEqualTo(ExitCode.OK);
        Double[] best = rows("room").stream()
                .map(SuperpixelScoresCsv.Row::score)
                .sorted(Comparator.reverseOrder())
                .toArray(Double[]::new);
        assertThat(best).hasSize(8).allSatisfy(score -> assertThat(score).isPositive());
        // Each region overlaps with itself alone, so that none is left out for another.
        assertThat(select("--scores", scores("room"), "--budget", "8", "--budget-unit", "regions"))
                .isEqualTo(ExitCode.OK);
        assertThat(selection()).extracting(SelectionCsv.Row::score).containsExactly(best);
    }

    @Test
    void selectsAcrossScenesInTheOrderOfEntropyAndUpToTheBudget() throws IOException {
        scene("attic", 2);
        scene("room", 2);
        score("attic");
        score("room");
        // No region covers another a thousand times, so that entropy alone decides.
        assertThat(select(
                        "--scores",
                        scores("room"),
                        scores("attic"),
                        "--budget",
                        "3",
                        "--budget-unit",
                        "regions",
                        "--overlap-threshold",
                        "1000"))
                .isEqualTo(ExitCode.OK);
        Double[] best = Stream.of("attic", "room")
                .flatMap(name -> rows(name).stream())
                .map(SuperpixelScoresCsv.Row::score)
                .sorted(Comparator.reverseOrder())
                .limit(3)
                .toArray(Double[]::new);
        assertThat(selection()).extracting(SelectionCsv.Row::rank).containsExactly(0, 1, 2);
        assertThat(selection()).extracting(SelectionCsv.Row::score).containsExactly(best);
    }

    @Test
    void aFolderOfScenesIsScoredAndSelectedFromAtOnce() throws IOException {
        scene("attic", 2);
        scene("room", 2);
        score("attic");
        score("room");
        Path all = temp.resolve("all");
        assertThat(run("score", "--scene", temp + "/data", "--probabilities", temp + "/predictions", "--out", all + ""))
                .as(err::toString)
                .isEqualTo(ExitCode.OK);
        for (String scene : List.of("attic", "room")) {
            assertThat(all.resolve(scene + "/superpixel-scores.csv"))
                    .hasSameBinaryContentAs(Path.of(scores(scene), "superpixel-scores.csv"));
        }
        select("--scores", scores("attic"), scores("room"), "--budget", "1");
        byte[] one = Files.readAllBytes(temp.resolve("selection.csv"));
        assertThat(select("--scores", all.toString(), "--budget", "1")).isEqualTo(ExitCode.OK);
        assertThat(temp.resolve("selection.csv")).hasBinaryContent(one);
        assertThat(run(
                        "score",
                        "--scene",
                        temp + "/data/room",
                        temp + "/data",
                        "--probabilities",
                        temp + "/predictions",
                        "--out",
                        all + ""))
                .isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(err.toString()).contains("the scene 'room' twice");
    }

    @Test
    void anEarlierSelectionIsNotChosenAgain() throws IOException {
        scene("room", 2);
        score("room");
        select("--scores", scores("room"), "--budget", "4", "--unit", "regions");
        List<SelectionCsv.Row> first = selection();
        Path earlier = Files.copy(temp.resolve("selection.csv"), temp.resolve("earlier.csv"));
        select("--scores", scores("room"), "--budget", "4", "--unit", "regions", "--already-labeled", earlier + "");
        assertThat(selection())
                .hasSize(4)
                .extracting(row -> row.frame() + row.region())
                .doesNotContainAnyElementsOf(
                        first.stream().map(r -> r.frame() + r.region()).toList());
    }

    @Test
    void aLabeledFrameIsLeftOutWhole() throws IOException {
        scene("room", 2);
        score("room");
        Path labeled = Files.writeString(temp.resolve("labeled.csv"), "scene,frame,superpixel\nroom,f0,-1\n");
        select("--scores", scores("room"), "--budget", "1", "--already-labeled", labeled + "");
        assertThat(selection())
                .hasSize(4)
                .allSatisfy(row -> assertThat(row.frame()).isEqualTo("f1"));
    }

    @Test
    void wholeFramesAreChosenByStrategiesOfFrames() throws IOException {
        scene("room", 3);
        assertThat(score("room", "--strategy", "LeastConfidence")).isEqualTo(ExitCode.OK);
        select("--scores", scores("room"), "--budget", "2");
        assertThat(selection())
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.region()).isEqualTo(Region.WHOLE_FRAME));
    }

    @Test
    void regionsOfAnotherProgramKeepTheirIdsAndGaps() throws IOException {
        scene("room", 2);
        Path maps = Files.createDirectories(temp.resolve("maps"));
        for (String frame : List.of("f0", "f1")) {
            char[] ids = new char[HEIGHT * WIDTH];
            Arrays.fill(ids, 0, 10, (char) 7);
            Arrays.fill(ids, 10, ids.length, (char) 1000);
            try (NpyFile.Writer writer = new NpyFile.Writer(maps.resolve(frame + ".npy"), "<u2", HEIGHT, WIDTH)) {
                writer.put(0, ids);
            }
        }
        assertThat(score("room", "--superpixels", maps.toString())).isEqualTo(ExitCode.OK);
        assertThat(rows("room")).extracting(row -> row.region().toString()).containsExactly("7", "1000", "7", "1000");
        assertThat(select("--scores", scores("room"), "--budget", "1", "--unit", "regions"))
                .isEqualTo(ExitCode.OK);
        assertThat(selection().getFirst().region().toString()).isIn("7", "1000");
    }

    @Test
    void aStrategyThatComparesVotesAsksForThem() throws IOException {
        scene("room", 1);
        assertThat(score("room", "--strategy", "RegionalMcDropout")).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(err.toString()).contains("RegionalMcDropout compares the votes", "--votes DIR", "uint8");
    }

    @Test
    void votesInFilesScoreRegionsAndWindows() throws IOException {
        scene("room", 2);
        votes(CLASSES - 1);
        assertThat(score("room", "--strategy", "RegionalMcDropoutOverlap", "--votes", temp + "/votes"))
                .as(err::toString)
                .isEqualTo(ExitCode.OK);
        // Each pixel has one vote of two for class 0, and one for another.
        assertThat(rows("room"))
                .hasSize(8)
                .allSatisfy(row -> assertThat(row.score()).isCloseTo(1, within(1e-6)));
        assertThat(select("--scores", scores("room"), "--budget", "2", "--unit", "regions"))
                .isEqualTo(ExitCode.OK);
        assertThat(selection()).hasSize(2);

        Path labeled = Files.writeString(temp.resolve("labeled.csv"), "scene,frame,superpixel\nroom,f0,8x3+0+0\n");
        assertThat(score(
                        "room",
                        "--strategy",
                        "RegionalMcDropoutWindows",
                        "--votes",
                        temp + "/votes",
                        "--already-labeled",
                        labeled + ""))
                .isEqualTo(ExitCode.OK);
        assertThat(rows("room")).extracting(SuperpixelScoresCsv.Row::pixels).containsExactly(24, 48);
        assertThat(select("--scores", scores("room"), "--budget", "1")).isEqualTo(ExitCode.OK);
        assertThat(selection().getFirst().region()).hasToString("8x6+0+0");
    }

    @Test
    void aVoteForAClassThatThereIsNotIsRefused() throws IOException {
        scene("room", 2);
        votes(CLASSES);
        assertThat(score("room", "--strategy", "RegionalMcDropout", "--votes", temp + "/votes"))
                .isEqualTo(ExitCode.BAD_DATA);
        assertThat(err.toString()).contains("'f0'", "vote for class 3", "0 to 2");
    }

    @Test
    void featuresInFilesChooseTheFrameFarthestFromTheLabeledOne() throws IOException {
        scene("room", 3);
        assertThat(score("room", "--strategy", "CoreSet")).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(err.toString()).contains("CoreSet compares features", "--features DIR");
        Path features = Files.createDirectories(temp.resolve("features"));
        for (int f = 0; f < 3; f++) {
            NpyFile.write(features.resolve("f" + f + ".npy"), new float[] {f * f, 0}, 2);
        }
        assertThat(score("room", "--strategy", "CoreSet", "--features", features + ""))
                .as(err::toString)
                .isEqualTo(ExitCode.OK);
        Path labeled = Files.writeString(temp.resolve("labeled.csv"), "scene,frame,superpixel\nroom,f0,-1\n");
        assertThat(select("--scores", scores("room"), "--budget", "1", "--already-labeled", labeled + ""))
                .isEqualTo(ExitCode.OK);
        assertThat(selection()).extracting(SelectionCsv.Row::frame).containsExactly("f2");

        NpyFile.write(features.resolve("f1.npy"), new float[3], 3);
        assertThat(score("room", "--strategy", "CoreSet", "--features", features + ""))
                .isEqualTo(ExitCode.BAD_DATA);
        assertThat(err.toString()).contains("'f1' has 3 features");
    }

    @Test
    void classesAreKnownByTheNamesGiven() throws IOException {
        scene("room", 1);
        assertThat(score("room", "--strategy", "ForegroundRandom")).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(err.toString()).contains("wall, floor or ceiling");
        assertThat(score("room", "--strategy", "ForegroundRandom", "--classes", "wall,floor,chair"))
                .as(err::toString)
                .isEqualTo(ExitCode.OK);
        assertThat(score("room", "--strategy", "ForegroundRandom", "--classes", "wall,chair"))
                .isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(err.toString()).contains("--classes names 2 classes and the probabilities are of 3");
    }

    @ParameterizedTest
    @CsvSource({"0, score NaN", "1, score -Infinity", "2, divergence Infinity", "3, divergence NaN"})
    void aScoreThatIsNoNumberEndsTheScoringAndNamesItsRegion(String seed, String what) throws IOException {
        scene("room", 1);
        assertThat(score("room", "--strategy", "example.org/NoNumber", "--seed", seed))
                .isEqualTo(ExitCode.BAD_DATA);
        assertThat(err.toString())
                .contains("example.org/NoNumber gave region 1 of frame 'f0' of scene 'room' the " + what);
    }

    @Test
    void aScoreInAFileThatIsNoNumberIsNotChosenFrom() throws IOException {
        scene("room", 1);
        score("room");
        Path file = temp.resolve("scores/room/superpixel-scores.csv");
        Files.writeString(file, Files.readString(file).replaceFirst("f0,2,12,[^,]*,", "f0,2,12,NaN,"));
        assertThat(select("--scores", scores("room"), "--budget", "1")).isEqualTo(ExitCode.BAD_DATA);
        assertThat(err.toString()).contains("region 2 of frame 'f0'", "its score is NaN");
    }

    @Test
    void whatAStrategyLabelsByItselfIsWrittenToo() throws IOException {
        scene("room", 1);
        assertThat(score("room", "--strategy", "Ceal")).isEqualTo(ExitCode.OK);
        NpyFile labels = NpyFile.open(temp.resolve("scores/room/pseudo-labels/f0.npy"));
        assertThat(labels.shape()).containsExactly(HEIGHT, WIDTH);
    }

    @Test
    void theThresholdOfCealFollowsTheRound() throws IOException {
        scene("room", 1);
        float[] p = new float[CLASSES * HEIGHT * WIDTH];
        Arrays.fill(p, 0, HEIGHT * WIDTH, 0.9999f);
        Arrays.fill(p, HEIGHT * WIDTH, 2 * HEIGHT * WIDTH, 0.0001f);
        write("room", "f0", CLASSES, p);
        // The entropy is 0.0015 bits; the threshold is 0.005 bits at first, and 0.00137 after 11 rounds.
        for (String round : List.of("0", "11")) {
            assertThat(score("room", "--strategy", "Ceal", "--round", round)).isEqualTo(ExitCode.OK);
            byte[] labels = NpyFile.open(temp.resolve("scores/room/pseudo-labels/f0.npy"))
                    .bytes(0, HEIGHT * WIDTH);
            assertThat(labels).containsOnly(round.equals("0") ? 0 : 255);
        }
        assertThat(score("room", "--strategy", "Ceal", "--round", "-1")).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(err.toString()).contains("--round is -1");
    }

    /** Two passes of each of two frames: class 0 everywhere, then another one. */
    private void votes(int other) throws IOException {
        Path folder = Files.createDirectories(temp.resolve("votes"));
        byte[] votes = new byte[2 * HEIGHT * WIDTH];
        Arrays.fill(votes, HEIGHT * WIDTH, votes.length, (byte) other);
        for (String frame : List.of("f0", "f1")) {
            try (NpyFile.Writer writer = new NpyFile.Writer(folder.resolve(frame + ".npy"), "|u1", 2, HEIGHT, WIDTH)) {
                writer.put(0, votes);
            }
        }
    }
}
