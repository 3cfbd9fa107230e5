package io.viewal.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.viewal.contract.ExitCode;
import io.viewal.worker.SharedData;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.check.Damage;
import io.viewal.worker.dataset.check.SceneFolders;
import io.viewal.worker.dataset.importer.ImportTrial;
import io.viewal.worker.dataset.importer.tum.TumWriter;
import io.viewal.worker.dataset.inspect.DatasetFolder;
import io.viewal.worker.dataset.interchange.TransformsFixture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DatasetCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path temp;

    @Test
    void inspectPrintsATableAndWritesAPicture() throws IOException {
        TransformsFixture.write(temp.resolve("data"), "room", 2);
        Path sheet = temp.resolve("sheet.png");
        int code = run(
                "inspect",
                temp.resolve("data").toString(),
                "--width",
                "8",
                "--height",
                "6",
                "--sheet",
                sheet.toString());
        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("SCENE", "room", "CLASS", "wall", "(void)")
                .doesNotContain("Problems");
        assertThat(ImageIO.read(sheet.toFile()).getHeight()).isEqualTo(4 + 3 * 10);
    }

    @Test
    void inspectNamesProblemsAndExitsWithBadData() throws IOException {
        TransformsFixture room = TransformsFixture.write(temp.resolve("data"), "room", 2);
        Files.delete(room.folder().resolve("depth/f1.png"));
        assertThat(run("inspect", temp.resolve("data").toString())).isEqualTo(ExitCode.BAD_DATA);
        assertThat(out.toString()).contains("Problems:", "frame 'f1'", "no such file");
    }

    @Test
    void checkNamesTheFaultOfEachSceneAndExitsWithBadData() throws IOException {
        Path data = temp.resolve("data");
        Path good = SceneFolders.synthetic(data, 6, 1);
        assertThat(run("check", data.toString())).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("SCORE", "room-1-6", "The views of all 1 scenes agree.");
        Damage.OPENCV_AXES.apply(SceneFolders.copy(good, data.resolve("turned")));
        Path torn = SceneFolders.copy(good, data.resolve("torn"));
        Files.delete(torn.resolve("depth/frame-00003.png"));
        assertThat(run("check", data.toString())).isEqualTo(ExitCode.BAD_DATA);
        assertThat(out.toString())
                .contains("Wrong in 2 of 3 scenes", "negate the 2nd and 3rd column", "frame-00003.png", "unreadable");
    }

    @Test
    void checkPrintsJson() throws IOException {
        Path data = temp.resolve("data");
        Damage.DEPTH_READ_AS_METRES.apply(SceneFolders.synthetic(data, 6, 1));
        assertThat(run("check", "--json", data.toString())).isEqualTo(ExitCode.BAD_DATA);
        JsonNode scene =
                new ObjectMapper().readTree(out.toString()).get("scenes").get(0);
        assertThat(scene.get("fault").asText()).isEqualTo("depth scale");
        assertThat(scene.get("ok").asBoolean()).isFalse();
        assertThat(scene.get("fix").asText()).contains("by 0.001");
        assertThat(scene.get("corrected").get("score").asDouble()).isGreaterThan(0.9);
    }

    @Test
    void importOfAFolderThatIsNoScanNetExportSaysWhatIsExpected() {
        int code = run("import", "--format", "scannet-frames", "--source", temp.toString(), "--out", temp + "/out");
        assertThat(code).isEqualTo(ExitCode.BAD_DATA);
        assertThat(err.toString())
                .contains("expected color, depth, pose and info")
                .doesNotContain("\tat ");
    }

    @Test
    void importDoesNotOverwriteAScene() throws IOException {
        Path sample = SharedData.folder("scannet-sample");
        Path taken = temp.resolve("out/scene0007_00/transforms.json");
        Files.createDirectories(taken.getParent());
        Files.writeString(taken, "mine");
        int code = run("import", "--format", "scannet-frames", "--source", sample.toString(), "--out", temp + "/out");
        assertThat(code).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(err.toString()).contains(taken.toString(), "give another --out");
        assertThat(taken).hasContent("mine");
    }

    @Test
    void importsASequenceAsItIsAskedToAndTheCheckFindsItGood() throws IOException {
        List<SourceFrame> room = ImportTrial.room(7, 5);
        Path sequence = Files.createDirectories(temp.resolve("desk"));
        TumWriter.write(sequence, room, ImportTrial.SIZE);
        Files.writeString(sequence.resolve("depth/" + TumWriter.stamp(2, 0.004) + ".png"), "torn");
        Intrinsics k = room.getFirst().frame().intrinsics();
        String camera = k.fx() + "," + k.fy() + "," + k.cx() + "," + k.cy();
        String[] arguments = {
            "import", "--format", "tum", "--source", sequence.toString(), "--out", temp + "/out", "--camera", camera
        };
        assertThat(run(arguments)).isEqualTo(ExitCode.BAD_DATA);
        assertThat(err.toString()).contains(TumWriter.stamp(2, 0.004) + ".png", "can't be read");
        assertThat(temp.resolve("out")).isEmptyDirectory();
        assertThat(run(with(arguments, "--on-error", "skip", "--most", "6"))).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("desk: 5 frames", "left out: desk, frame " + TumWriter.stamp(2, 0), "1 scenes, 5 frames");
        assertThat(temp.resolve("out/import-report.json")).exists();
        assertThat(run("check", temp + "/out")).isEqualTo(ExitCode.OK);
        assertThat(run(with(arguments, "--resume"))).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(err.toString()).contains("desk can't be resumed", "--most was 6 and is not given");
        assertThat(run(with(arguments, "--resume", "--most", "6"))).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("desk: there already");
        Files.writeString(temp.resolve("out/desk/import-options.json"), "torn");
        assertThat(run(with(arguments, "--resume", "--most", "6"))).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(err.toString()).contains("import-options.json is not what an import wrote");
        assertThat(run(with(arguments, "--on-error", "hope"))).isEqualTo(CommandLine.ExitCode.USAGE);
        arguments[arguments.length - 1] = "1,2";
        assertThat(run(arguments)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("expected FX,FY,CX,CY");
    }

    @Test
    void anExportReadAgainIsTheSameSceneToTheByte() throws IOException {
        Path data = temp.resolve("data");
        Path room = SceneFolders.synthetic(data, 3, 1);
        assertThat(run("export", data.toString(), "--width", "160", "--height", "120", "--out", temp + "/out"))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("room-1-3: 3 frames of 160 x 120", "1 scenes in");
        DatasetFolder before = DatasetFolder.open(data, SceneFolders.SIZE);
        DatasetFolder after = DatasetFolder.open(temp.resolve("out"), SceneFolders.SIZE);
        assertThat(after.classes()).isEqualTo(before.classes());
        for (int i = 0; i < 3; i++) {
            SourceFrame one = before.scene("room-1-3").read(i);
            SourceFrame other = after.scene("room-1-3").read(i);
            assertThat(other.frame()).isEqualTo(one.frame());
            assertThat(other.color()).isEqualTo(one.color());
            assertThat(other.depth()).isEqualTo(one.depth());
            assertThat(other.labels()).isEqualTo(one.labels());
        }
        assertThat(run("export", data.toString(), "--out", temp + "/out")).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(err.toString()).contains("is there already", "give another --out");
        assertThat(run("export", data.toString(), "--out", temp + "/fine", "--depth-scale", "0.00001"))
                .isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(err.toString()).contains("give a larger --depth-scale");
        assertThat(temp.resolve("fine")).isEmptyDirectory();
        assertThat(room).isDirectory();
    }

    @Test
    void viewWritesAPageOfTheScenesAskedFor() throws IOException {
        Path data = temp.resolve("data");
        SceneFolders.synthetic(data, 3, 1);
        SceneFolders.synthetic(data, 3, 2);
        String page = temp.resolve("page.html").toString();
        String[] view = {"view", data.toString(), "--out", page, "--width", "64", "--height", "48", "--pictures", "2"};
        assertThat(run(with(view, "--scene", "room-2-3"))).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("room-2-3: ", "1 of 1 scenes");
        assertThat(Path.of(page)).content().contains("\"name\":\"room-2-3\"").doesNotContain("room-1-3");
        assertThat(run(with(view, "--scene", "hall"))).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(err.toString()).contains("no scene 'hall', only room-1-3, room-2-3");
        assertThat(run(with(view, "--points", "0"))).isEqualTo(ExitCode.BAD_REQUEST);
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void importNamesTheFormatsItKnows() {
        assertThat(run("import", "--format", "kitti", "--source", "a", "--out", "b"))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("scannet-frames", "scenenet", "matterport", "colmap", "hypersim");
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "dataset";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return ViewalCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }
}
