package io.viewal.worker.dataset.importer.scenenet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.importer.ImportPolicy;
import io.viewal.worker.dataset.importer.ImportReport;
import io.viewal.worker.dataset.importer.ImportTrial;
import io.viewal.worker.dataset.importer.OnError;
import io.viewal.worker.dataset.importer.PlainFiles;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import io.viewal.worker.dataset.interchange.DirectorySceneSource;
import io.viewal.worker.dataset.interchange.TransformsScenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SceneNetImporterTest {

    private static final int FRAMES = 5;
    private static final String SCENE = "val_0_223";

    private static List<SourceFrame> room;

    @TempDir
    Path temp;

    private Path source;
    private Path images;
    private Path out;

    @BeforeAll
    static void render() throws IOException {
        ImageSize size = new ImageSize(400, 300);
        room = new ArrayList<>();
        for (SourceFrame frame : ImportTrial.room(FRAMES, 11, size)) {
            room.add(SceneNetWriter.retake(frame, size));
        }
    }

    @BeforeEach
    void write() throws IOException {
        source = Files.createDirectories(temp.resolve("scenenet"));
        out = temp.resolve("out");
        Files.write(source.resolve("scenenet_rgbd_val.pb"), SceneNetWriter.trajectories("0/223", room));
        Files.writeString(source.resolve(ObjectClasses.FILE), SceneNetWriter.table());
        images = source.resolve("val/0/223");
        for (int i = 0; i < FRAMES; i++) {
            SceneNetWriter.images(images, 25 * i, room.get(i));
        }
    }

    @Test
    void givesBackPosesDepthAndLabelsOfTheScene() throws IOException {
        ImportReport report = run(ImportPolicy.STRICT);
        assertThat(report.frameCount()).isEqualTo(FRAMES);
        SourceScene scene = ImportTrial.open(out, SCENE, SceneNetWriter.SIZE);
        assertThat(scene.frameNames()).startsWith("00000", "00025");
        for (int i = 0; i < FRAMES; i++) {
            ImportTrial.assertSame(scene.read(i), room.get(i), 1e-5, 0.6e-3);
        }
        assertThat(new TransformsScenes(new DirectorySceneSource(out)).classes())
                .isEqualTo(ImportTrial.CLASSES);
        ImportTrial.assertViewsAgree(out);
    }

    @Test
    void readsTheSecondTrajectoryOfAFile() throws IOException {
        byte[] first = SceneNetWriter.trajectories("0/1", room.subList(0, 2));
        byte[] second = SceneNetWriter.trajectories("0/223", room);
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        Files.write(source.resolve("scenenet_rgbd_val.pb"), both);
        ImportReport report = run(ImportPolicy.STRICT.on(OnError.SKIP));
        assertThat(report.frameCount()).isEqualTo(FRAMES);
        assertThat(report.leftOutLines()).singleElement().asString().contains("0_1");
    }

    @Test
    void saysThatDepthIsAlongTheRay() throws IOException {
        run(ImportPolicy.STRICT);
        assertThat(out.resolve(SCENE).resolve("transforms.json")).content().contains("\"depth_kind\" : \"ray\"");
    }

    @Test
    void worksWithoutInstanceImages() throws IOException {
        Files.delete(source.resolve(ObjectClasses.FILE));
        Files.move(images.resolve("instance"), temp.resolve("instance"));
        run(ImportPolicy.STRICT);
        assertThat(ImportTrial.open(out, SCENE).hasLabels(0)).isFalse();
    }

    @Test
    void asksForTheTableOfKindsWhereThereAreInstances() throws IOException {
        Path table = Files.move(source.resolve(ObjectClasses.FILE), temp.resolve("kinds.txt"));
        assertRefused("instance", "--label-table");
        ImportReport report = ImportTrial.run(
                new SceneNetImporter(), source, out, SourceOptions.NONE.withLabelTable(table), ImportPolicy.STRICT);
        assertThat(report.frameCount()).isEqualTo(FRAMES);
    }

    @Test
    void refusesOrLeavesOutInstancesOfAnUnknownKind() throws IOException {
        String table = Files.readString(source.resolve(ObjectClasses.FILE));
        Files.writeString(source.resolve(ObjectClasses.FILE), table.replaceAll("(?m)^4000011 .*\n", ""));
        assertRefused("instance/", "label id 12 is a 'thing11' with WordNet id 04000011", ObjectClasses.FILE);
    }

    @Test
    void refusesOrLeavesOutAnInstanceThatTheTrajectoryDoesNotHave() throws IOException {
        byte[] instances = new byte[SceneNetWriter.SIZE.pixels()];
        instances[5] = 77;
        PlainFiles.bytes(images.resolve("instance/25.png"), instances, SceneNetWriter.SIZE);
        assertRefused("instance/25.png", "label id 77");
        assertLeftOut("00025", "label id 77");
    }

    @Test
    void refusesOrLeavesOutAFrameWithoutItsImages() throws IOException {
        Files.delete(images.resolve("depth/50.png"));
        assertRefused("depth/50.png", "no such file");
        assertLeftOut("00050", "no such file");
    }

    @Test
    void refusesOrLeavesOutATrajectoryWithoutImages() throws IOException {
        byte[] more = SceneNetWriter.trajectories("0/224", room);
        Files.write(source.resolve("scenenet_rgbd_more.pb"), more);
        assertRefused("0/224", "no such folder");
        ImportReport report = run(ImportPolicy.STRICT.on(OnError.SKIP));
        assertThat(report.sceneCount()).isEqualTo(1);
        assertThat(report.leftOutLines()).singleElement().asString().contains("0_224", "no such folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../elsewhere", "0/../../elsewhere", "/elsewhere", "0//elsewhere", "."})
    void refusesARenderPathThatMayLeaveTheFolder(String path) throws IOException {
        Files.createDirectories(temp.resolve("elsewhere"));
        Files.write(source.resolve("scenenet_rgbd_val.pb"), SceneNetWriter.trajectories(path, room));
        assertThatThrownBy(() -> run(ImportPolicy.STRICT.on(OnError.SKIP)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("render_path '" + path + "'");
    }

    @Test
    void refusesAFileThatIsCutOffOrOfAnotherKind() throws IOException {
        Path file = source.resolve("scenenet_rgbd_val.pb");
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {2, whole.length / 2, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertRefused("scenenet_rgbd_val.pb", "cut off");
        }
        Files.writeString(file, "no protocol buffer");
        assertRefused("scenenet_rgbd_val.pb", "no file of trajectories");
        Files.write(file, SceneNetWriter.message(1, new byte[] {0x12, 0x7f, 0}));
        assertRefused("scenenet_rgbd_val.pb", "cut off");
    }

    @Test
    void refusesAFolderWithoutTrajectories() {
        assertThatThrownBy(() -> ImportTrial.run(new SceneNetImporter(), temp.resolve("none"), out))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("*.pb");
    }

    private ImportReport run(ImportPolicy policy) throws IOException {
        return ImportTrial.run(new SceneNetImporter(), source, out, SourceOptions.NONE, policy);
    }

    private void assertRefused(String... details) {
        assertThatThrownBy(() -> run(ImportPolicy.STRICT))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .contains(details);
    }

    private void assertLeftOut(String frame, String reason) throws IOException {
        ImportReport report = run(ImportPolicy.STRICT.on(OnError.SKIP));
        assertThat(report.frameCount()).isEqualTo(FRAMES - 1);
        assertThat(report.leftOutLines()).singleElement().asString().contains(frame, reason);
    }
}
