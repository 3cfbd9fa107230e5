package io.viewal.worker.dataset.importer.nerf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.importer.ImportPolicy;
import io.viewal.worker.dataset.importer.ImportReport;
import io.viewal.worker.dataset.importer.ImportTrial;
import io.viewal.worker.dataset.importer.OnError;
import io.viewal.worker.dataset.importer.PlainFiles;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransformsImporterTest {

    private static final int FRAMES = 4;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static List<SourceFrame> room;

    @TempDir
    Path temp;

    private Path data;
    private Path out;

    @BeforeAll
    static void render() throws IOException {
        room = ImportTrial.room(FRAMES, 17);
    }

    @BeforeEach
    void folders() {
        data = temp.resolve("data");
        out = temp.resolve("out");
    }

    @Test
    void readsScanNetPlusPlus() throws IOException {
        Path dslr = data.resolve("0a5c013435/dslr");
        ObjectNode json = scannetPlusPlus(dslr);
        write(dslr.resolve("nerfstudio/transforms_undistorted.json"), json);
        ImportReport report = run(ImportPolicy.STRICT);
        assertThat(report.leftOutLines()).containsExactly("0a5c013435, frame DSC00001: it is marked is_bad");
        SourceScene scene = ImportTrial.open(out, "0a5c013435");
        assertThat(scene.frameNames()).containsExactly("DSC00000", "DSC00002", "DSC00003");
        assertSame(scene.read(0), 0);
        assertSame(scene.read(2), 3);
    }

    /** Images and depth lie beside the JSON's folder; the last frame is one of the benchmark's test views. */
    private static ObjectNode scannetPlusPlus(Path dslr) throws IOException {
        ObjectNode json = camera(MAPPER.createObjectNode());
        json.put("camera_model", "PINHOLE").put("k1", 0.0);
        for (int i = 0; i < FRAMES; i++) {
            String name = "DSC%05d".formatted(i);
            images(
                    i,
                    dslr.resolve("undistorted_images/" + name + ".JPG"),
                    dslr.resolve("render_depth/" + name + ".png"));
            ObjectNode entry = json.withArray(i < 3 ? "frames" : "test_frames").addObject();
            entry.put("file_path", name + ".JPG").put("is_bad", i == 1);
            matrix(entry, i, 4);
        }
        return json;
    }

    @Test
    void readsNerfsFormWithAnAngleBareNamesAndThreeRows() throws IOException {
        Path scene = data.resolve("lego");
        ObjectNode json = MAPPER.createObjectNode();
        double angle = 2 * Math.atan(80 / room.getFirst().frame().intrinsics().fx());
        json.put("camera_angle_x", angle);
        for (int i = 0; i < FRAMES; i++) {
            images(i, scene.resolve("images/r_" + i + ".png"), scene.resolve("depth/r_" + i + ".png"));
            matrix(json.withArray("frames").addObject().put("file_path", "./images/r_" + i), i, 3);
        }
        write(scene.resolve("transforms.json"), json);
        run(ImportPolicy.STRICT);
        SourceFrame frame = ImportTrial.open(out, "lego").read(1);
        assertThat(frame.frame().name()).isEqualTo("r_1");
        assertThat(frame.frame().pose().matrix())
                .containsExactly(room.get(1).frame().pose().matrix(), within(0.0));
        assertThat(frame.frame().intrinsics().fx())
                .isCloseTo(room.getFirst().frame().intrinsics().fx(), within(1e-9));
        assertThat(frame.frame().intrinsics().cx()).isEqualTo(79.5);
    }

    @Test
    void readsOneFileNameInSeveralFoldersAndLabels() throws IOException {
        Path scene = data.resolve("rig");
        ObjectNode json = camera(MAPPER.createObjectNode());
        json.withArray("classes").add("wall").add("floor");
        for (int i = 0; i < 2; i++) {
            String path = "cam" + i + "/0001.png";
            images(i, scene.resolve(path), scene.resolve("d/" + i + ".png"));
            PlainFiles.bytes(scene.resolve("l/" + i + ".png"), new byte[ImportTrial.SIZE.pixels()], ImportTrial.SIZE);
            ObjectNode entry = json.withArray("frames").addObject();
            entry.put("file_path", path)
                    .put("depth_file_path", "d/" + i + ".png")
                    .put("label_path", "l/" + i + ".png");
            matrix(entry, i, 4);
        }
        write(scene.resolve("transforms.json"), json);
        run(ImportPolicy.STRICT);
        SourceScene imported = ImportTrial.open(out, "rig");
        assertThat(imported.frameNames()).containsExactly("cam0_0001", "cam1_0001");
        assertThat(imported.read(0).labels()).containsOnly(0);
        assertSame(imported.read(1), 1);
    }

    @Test
    void refusesOrLeavesOutWhatWouldMakeTheGeometryWrong() throws IOException {
        Path dslr = data.resolve("s/dslr");
        Path file = dslr.resolve("nerfstudio/transforms_undistorted.json");
        ObjectNode json = scannetPlusPlus(dslr);
        frame(json, 2).put("camera_model", "EQUIRECTANGULAR");
        assertRuled(file, json, "'EQUIRECTANGULAR', which is not known");
        frame(json, 2).put("camera_model", "PINHOLE").put("k5", 0.2);
        assertRuled(file, json, "the lens distortion 'k5' is 0.2");
        frame(json, 2).remove("k5");
        ((ArrayNode) frame(json, 2).get("transform_matrix").get(1)).set(2, Double.NaN);
        assertRuled(file, json, "the pose is not finite");
        frame(json, 2).remove("transform_matrix");
        assertRuled(file, json, "3 or 4 rows of 4 numbers");
        matrix(frame(json, 2), 2, 4);
        Files.delete(dslr.resolve("render_depth/DSC00002.png"));
        assertRuled(file, json, "no folder depth or depths has DSC00002.png");
        frame(json, 2).put("depth_file_path", "../../../secret.png");
        Files.write(data.resolve("secret.png"), new byte[8]);
        assertRuled(file, json, "leads outside");
        frame(json, 2).put("file_path", "DSC99999.JPG");
        assertRuled(file, json, "no image 'DSC99999.JPG'");
    }

    @Test
    void refusesAFileThatIsNone() throws IOException {
        Path file = data.resolve("s/transforms.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"frames\": [");
        assertRefused("transforms.json", "not JSON");
        Files.writeString(file, "{}");
        assertRefused("transforms.json", "no frames");
        Files.writeString(file, "{\"frames\": [{}], \"depth_kind\": \"disparity\"}");
        assertRefused("'disparity'");
        Files.delete(file);
        assertRefused("transforms.json");
    }

    private void assertRuled(Path file, ObjectNode json, String problem) throws IOException {
        write(file, json);
        assertRefused("DSC", problem);
        Path other = Files.createTempDirectory(temp, "skip");
        ImportReport report = ImportTrial.run(
                new TransformsImporter(), data, other, SourceOptions.NONE, ImportPolicy.STRICT.on(OnError.SKIP));
        assertThat(report.frameCount()).isEqualTo(2);
        assertThat(report.leftOutLines()).hasSize(2).anyMatch(line -> line.contains(problem));
    }

    private static ObjectNode frame(ObjectNode json, int index) {
        return (ObjectNode) json.get("frames").get(index);
    }

    private static void write(Path file, ObjectNode json) throws IOException {
        Files.createDirectories(file.getParent());
        // Python writes numbers that are none without quotes.
        Files.writeString(file, MAPPER.writeValueAsString(json).replace("\"NaN\"", "NaN"));
    }

    private static ObjectNode camera(ObjectNode json) {
        Intrinsics k = room.getFirst().frame().intrinsics();
        json.put("fl_x", k.fx()).put("fl_y", k.fy()).put("cx", k.cx()).put("cy", k.cy());
        return json.put("w", ImportTrial.SIZE.width()).put("h", ImportTrial.SIZE.height());
    }

    private static void matrix(ObjectNode entry, int frame, int rows) {
        double[] m = room.get(frame).frame().pose().matrix();
        ArrayNode matrix = entry.putArray("transform_matrix");
        for (int row = 0; row < rows; row++) {
            double sign = row < 3 ? -1 : 1;
            matrix.addArray()
                    .add(m[4 * row])
                    .add(sign * m[4 * row + 1])
                    .add(sign * m[4 * row + 2])
                    .add(m[4 * row + 3]);
        }
    }

    private static void images(int frame, Path color, Path depth) throws IOException {
        PlainFiles.color(color, room.get(frame).color(), ImportTrial.SIZE);
        PlainFiles.numbers(depth, PlainFiles.units(room.get(frame).depth(), 1000), ImportTrial.SIZE);
    }

    private static void assertSame(SourceFrame actual, int frame) {
        SourceFrame expected = room.get(frame);
        ImportTrial.assertSame(
                new SourceFrame(actual.frame(), actual.color(), actual.depth(), null, null),
                new SourceFrame(expected.frame(), expected.color(), expected.depth(), null, null),
                1e-9,
                0.5e-3);
    }

    private ImportReport run(ImportPolicy policy) throws IOException {
        return ImportTrial.run(new TransformsImporter(), data, out, SourceOptions.NONE, policy);
    }

    private void assertRefused(String... details) {
        assertThatThrownBy(() -> run(ImportPolicy.STRICT))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .contains(details);
    }
}
