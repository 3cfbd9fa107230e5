package io.viewal.worker.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.contract.StageFailure;
import io.viewal.worker.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedSceneTest {

    private static final ImageSize SIZE = new ImageSize(7, 5);

    @TempDir
    Path temp;

    @Test
    void readsBackWhatWasWrittenInAnyOrder() throws IOException {
        PreparedFrame first = frame("a", 1);
        PreparedFrame second = frame("b", 2);
        PreparedScene scene;
        try (PreparedSceneWriter writer = new PreparedSceneWriter(temp.resolve("room"), "room", SIZE, 2, true)) {
            writer.write(1, second);
            writer.write(0, first);
            scene = writer.finish();
        }
        assertThat(scene.name()).isEqualTo("room");
        assertThat(scene.size()).isEqualTo(SIZE);
        assertThat(scene.frames()).containsExactly(first.frame(), second.frame());
        assertThat(scene.color(0)).isEqualTo(first.color());
        assertThat(scene.color(1)).isEqualTo(second.color());
        assertThat(scene.depth(1)).isEqualTo(second.depth());
        assertThat(scene.labels(0)).isEqualTo(first.labels());
        assertThat(scene.superpixels(1)).isEqualTo(second.superpixels());
        assertThat(temp).isDirectoryContaining(p -> p.endsWith("room"));
        assertThat(temp.toFile().list()).hasSize(1);
    }

    @Test
    void writesArraysThatNumPyReads() throws IOException {
        PreparedScene scene = write(true);
        byte[] npy = Files.readAllBytes(scene.path(SceneFile.DEPTH));
        String header = new String(npy, 8, 120, StandardCharsets.ISO_8859_1);
        assertThat(npy).startsWith(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0);
        assertThat(header).contains("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 5, 7,), }");
        assertThat(npy).hasSize(128 + 35 * Float.BYTES);
        assertThat(npy[127]).isEqualTo((byte) '\n');
    }

    @Test
    void givesVoidWhereTheSceneHasNoLabels() throws IOException {
        PreparedScene scene = write(false);
        assertThat(scene.hasLabels()).isFalse();
        assertThat(scene.labels(0)).hasSize(35).containsOnly(0xff);
        assertThat(scene.path(SceneFile.LABELS)).doesNotExist();
    }

    @Test
    void leavesNothingWhenItIsNotFinished() throws IOException {
        try (PreparedSceneWriter writer = new PreparedSceneWriter(temp.resolve("room"), "room", SIZE, 2, true)) {
            writer.write(0, frame("a", 1));
            assertThatThrownBy(writer::finish).hasMessageContaining("Frame 1").hasMessageContaining("not written");
            assertThatThrownBy(() -> writer.write(0, frame("a", 1))).hasMessageContaining("twice");
        }
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void refusesToOverwriteAScene() throws IOException {
        write(true);
        assertThatThrownBy(() -> write(true)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void refusesATruncatedArray() throws IOException {
        PreparedScene scene = write(true);
        Path depth = scene.path(SceneFile.DEPTH);
        Files.write(depth, Arrays.copyOf(Files.readAllBytes(depth), 200));
        assertCorrupt("depth.npy");
    }

    @Test
    void refusesAnArrayOfAnotherShape() throws IOException {
        PreparedScene scene = write(true);
        Files.copy(scene.path(SceneFile.LABELS), scene.path(SceneFile.COLOR), StandardCopyOption.REPLACE_EXISTING);
        assertCorrupt("color.npy");
    }

    @Test
    void refusesCamerasOfAnotherVersion() throws IOException {
        PreparedScene scene = write(true);
        Path cameras = scene.path(SceneFile.CAMERAS);
        Files.writeString(cameras, Files.readString(cameras).replace("\"version\":1", "\"version\":2"));
        assertCorrupt("version 2");
    }

    private void assertCorrupt(String detail) {
        assertThatThrownBy(() -> PreparedScene.open(temp.resolve("room")))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.reason()).isEqualTo(StageFailure.Reason.CorruptArtifact))
                .hasMessageContaining(detail);
    }

    private PreparedScene write(boolean labels) throws IOException {
        try (PreparedSceneWriter writer = new PreparedSceneWriter(temp.resolve("room"), "room", SIZE, 1, labels)) {
            writer.write(0, frame("a", 1));
            return writer.finish();
        }
    }

    private static PreparedFrame frame(String name, long seed) {
        Random random = new Random(seed);
        int pixels = SIZE.pixels();
        byte[] color = new byte[pixels * 3];
        byte[] labels = new byte[pixels];
        random.nextBytes(color);
        random.nextBytes(labels);
        float[] depth = new float[pixels];
        char[] superpixels = new char[pixels];
        for (int p = 0; p < pixels; p++) {
            depth[p] = random.nextFloat() * 5;
            superpixels[p] = (char) random.nextInt(40);
        }
        double[] pose = new double[16];
        for (int i = 0; i < 16; i++) {
            pose[i] = random.nextGaussian();
        }
        Frame frame = new Frame(name, new Intrinsics(5.1, 5.2, 3.3, 2.4), new CameraPose(pose));
        return new PreparedFrame(frame, color, depth, labels, superpixels);
    }
}
