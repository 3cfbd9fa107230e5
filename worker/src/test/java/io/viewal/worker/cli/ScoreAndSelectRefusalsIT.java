package io.viewal.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.viewal.contract.ExitCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the commands say of input that they can't score or select from. */
class ScoreAndSelectRefusalsIT extends ScoreAndSelectFixture {

    @Test
    void aFrameWithoutPredictionsIsNamed() throws IOException {
        scene("room", 2);
        Files.delete(temp.resolve("predictions/room/f1.npy"));
        assertThat(score("room")).isEqualTo(ExitCode.BAD_DATA);
        assertThat(err.toString()).contains("frame 'f1'", "is missing").doesNotContain("\tat ");
    }

    @Test
    void predictionsThatDoNotSumToOneAreRefused() throws IOException {
        scene("room", 2);
        predict("room", "f1", CLASSES, 0.25f);
        assertThat(score("room")).isEqualTo(ExitCode.BAD_DATA);
        assertThat(err.toString()).contains("'f1'", "sum 0.75", "softmax");
        assertThat(temp.resolve("scores/room/scene.json")).doesNotExist();
    }

    @Test
    void predictionsThatAreNotNumbersAreRefused() throws IOException {
        scene("room", 2);
        predict("room", "f0", CLASSES, Float.NaN);
        assertThat(score("room")).isEqualTo(ExitCode.BAD_DATA);
        assertThat(err.toString()).contains("'f0'", "NaN");
    }

    @Test
    void framesOfDifferentClassCountsAreRefused() throws IOException {
        scene("room", 2);
        predict("room", "f1", 4, 0.25f);
        assertThat(score("room")).isEqualTo(ExitCode.BAD_DATA);
        assertThat(err.toString()).contains("'f1'", "[4, 6, 8]", "[3, 6, 8]");
    }

    @Test
    void regionIdsBeyondSixteenBitsAreRefused() throws IOException {
        scene("room", 1);
        assertThat(score("room", "--superpixels", regionMaps(65_536, "f0"))).isEqualTo(ExitCode.BAD_DATA);
        assertThat(err.toString()).contains("'f0'", "65536", "renumber");
    }

    @Test
    void regionIdsMayHaveTheWidestGaps() throws IOException {
        scene("room", 2);
        assertThat(score("room", "--superpixels", regionMaps(65_535, "f0", "f1")))
                .isEqualTo(ExitCode.OK);
        assertThat(select("--scores", scores("room"), "--budget", "1")).isEqualTo(ExitCode.OK);
    }

    @Test
    void scoresStayWhenTheNextOnesAreRefused() throws IOException {
        scene("room", 2);
        assertThat(score("room")).isEqualTo(ExitCode.OK);
        predict("room", "f1", CLASSES, Float.NaN);
        assertThat(score("room")).isEqualTo(ExitCode.BAD_DATA);
        assertThat(select("--scores", scores("room"), "--budget", "1")).isEqualTo(ExitCode.OK);
    }

    @Test
    void theFolderOfASceneIsNotWrittenTo() throws IOException {
        scene("room", 1);
        Path scene = temp.resolve("data/room");
        int code =
                run("score", "--scene", scene + "", "--probabilities", temp + "/predictions/room", "--out", scene + "");
        assertThat(code).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(err.toString()).contains("is the folder of a scene");
        assertThat(scene.resolve("superpixel-scores.csv")).doesNotExist();
    }

    @Test
    void aPathThatCanNotBeWrittenIsNamedInOneLine() throws IOException {
        scene("room", 1);
        score("room");
        Path missing = temp.resolve("missing/selection.csv");
        assertThat(run("select", "--scores", scores("room"), "--budget", "1", "--out", missing.toString()))
                .isNotEqualTo(ExitCode.OK);
        assertThat(err.toString()).contains("missing", "does not exist").doesNotContain("\tat ");
    }

    @Test
    void aShapeBeyondAllMemoryIsRefused() throws IOException {
        scene("room", 1);
        byte[] array = new String(int32Header(), StandardCharsets.ISO_8859_1)
                .replace("(6, 8), }   ", "(99999999999,)}")
                .replace("<i4", "<f4")
                .getBytes(StandardCharsets.ISO_8859_1);
        Files.write(temp.resolve("predictions/room/f0.npy"), array);
        assertThat(score("room")).isEqualTo(ExitCode.BAD_DATA);
        assertThat(err.toString()).contains("99999999999").doesNotContain("\tat ");
    }

    @Test
    void aCountOfSuperpixelsBelowOneIsRefused() throws IOException {
        scene("room", 1);
        assertThat(score("room", "--superpixel-count", "-5")).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(err.toString()).contains("--superpixel-count is -5");
    }

    @Test
    void aFolderThatIsNoSceneIsRefused() throws IOException {
        scene("room", 1);
        int code = run("score", "--scene", temp.toString(), "--probabilities", temp.toString(), "--out", temp + "/o");
        assertThat(code).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(err.toString()).contains("is no scene", "transforms.json");
    }

    @Test
    void aSceneWithoutFramesIsRefused() throws IOException {
        scene("room", 0);
        assertThat(score("room")).isEqualTo(ExitCode.BAD_DATA);
        assertThat(err.toString()).contains("has no frames", "at least one");
    }

    @Test
    void anUnknownStrategyNamesTheKnownOnes() throws IOException {
        scene("room", 1);
        assertThat(score("room", "--strategy", "Best")).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(err.toString()).contains("'Best'", "ViewAL", "Random");
    }

    @Test
    void aBudgetBeyondWhatIsLeftSaysWhatIsLeft() throws IOException {
        scene("room", 2);
        score("room");
        assertThat(select("--scores", scores("room"), "--budget", "3")).isEqualTo(ExitCode.BAD_DATA);
        assertThat(err.toString()).contains("3 Images asked for, 2 left");
        assertThat(temp.resolve("selection.csv")).doesNotExist();
        assertThat(select("--scores", scores("room"), "--budget", "3", "--take-all"))
                .isEqualTo(ExitCode.OK);
        assertThat(selection()).hasSize(8);
    }

    @Test
    void aFolderWithoutScoresIsRefused() {
        assertThat(select("--scores", temp.toString(), "--budget", "1")).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(err.toString()).contains("has no scene.json", "viewal score");
    }

    @Test
    void scenesScoredInDifferentWaysAreNotMixed() throws IOException {
        scene("attic", 1);
        scene("room", 1);
        score("attic");
        score("room", "--distance-threshold", "1.0");
        assertThat(select("--scores", scores("attic"), scores("room"), "--budget", "1"))
                .isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(err.toString())
                .contains("'attic'", "'room'", "distance threshold, 0.1 and 1.0", "score all scenes alike");
    }

    @Test
    void scenesOfDifferentClassCountsAreNotMixed() throws IOException {
        scene("attic", 1);
        scene("room", 1);
        predict("attic", "f0", 2, 0.5f);
        score("attic");
        score("room");
        assertThat(select("--scores", scores("attic"), scores("room"), "--budget", "1"))
                .isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(err.toString()).contains("'attic'", "'room'", "number of classes, 2 and 3");
    }

    @Test
    void labeledRegionsThatThereAreNotAreNamed() throws IOException {
        scene("room", 2);
        score("room");
        for (var wrong : Map.of(
                        "attic,f0,-1", "scene 'attic'",
                        "room,f9,-1", "frame 'f9'",
                        "room,f0,99", "region '99' of frame 'f0' of scene 'room'",
                        "room,f0,4x4+0+0", "region '4x4+0+0'")
                .entrySet()) {
            Path labeled =
                    Files.writeString(temp.resolve("labeled.csv"), "scene,frame,superpixel\n" + wrong.getKey() + "\n");
            assertThat(select("--scores", scores("room"), "--budget", "1", "--already-labeled", labeled + ""))
                    .isEqualTo(ExitCode.BAD_REQUEST);
            assertThat(err.toString()).contains(labeled + " speaks of " + wrong.getValue());
        }
    }

    /** A folder of maps whose first pixel has this region, and all others 0. */
    private String regionMaps(int first, String... frames) throws IOException {
        Path maps = Files.createDirectories(temp.resolve("maps"));
        byte[] header = int32Header();
        byte[] array = Arrays.copyOf(header, header.length + HEIGHT * WIDTH * 4);
        ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN).putInt(header.length, first);
        for (String frame : frames) {
            Files.write(maps.resolve(frame + ".npy"), array);
        }
        return maps.toString();
    }

    /** Version 1.0, {@code <i4}, shape (6, 8), without the data. */
    private static byte[] int32Header() {
        String dict = "{'descr': '<i4', 'fortran_order': False, 'shape': (6, 8), }";
        byte[] header = new byte[128];
        Arrays.fill(header, (byte) ' ');
        byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0};
        System.arraycopy(magic, 0, header, 0, magic.length);
        byte[] text = dict.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, header, magic.length, text.length);
        header[127] = '\n';
        return header;
    }
}
