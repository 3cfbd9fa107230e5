package io.viewal.worker.dataset.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.SourceScene;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way of breaking a scene is reported with its scene, frame and file, and with what to do. */
class InvalidSceneTest {

    @TempDir
    Path temp;

    private Path root;
    private TransformsFixture scene;

    @BeforeEach
    void writeScene() throws IOException {
        root = temp.resolve("data");
        scene = TransformsFixture.write(root, "room", 2);
    }

    @Test
    void depthIsNotNamed() throws IOException {
        breakFrame(frame -> frame.remove("depth_file_path"));
        assertInvalid("frame 'f1'", "transforms.json", "every frame needs a depth image");
    }

    @Test
    void depthFileIsMissing() throws IOException {
        Files.delete(scene.folder().resolve("depth/f1.png"));
        assertInvalid("frame 'f1'", "file 'depth/f1.png'", "no such file");
    }

    @Test
    void colorIsNotNamed() throws IOException {
        breakFrame(frame -> frame.remove("file_path"));
        assertInvalid("frame '#1'", "no 'file_path'");
    }

    @Test
    void colorFileIsMissing() throws IOException {
        Files.delete(scene.folder().resolve("images/f1.png"));
        assertInvalid("frame 'f1'", "file 'images/f1.png'", "no such file");
    }

    @Test
    void poseIsMissing() throws IOException {
        breakFrame(frame -> frame.remove("transform_matrix"));
        assertInvalid("frame 'f1'", "has no pose");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY})
    void poseIsNotFinite(double number) throws IOException {
        breakFrame(frame -> ((ArrayNode) frame.get("transform_matrix").get(2)).set(3, number));
        // As Python writes it, without quotes.
        Path file = scene.folder().resolve("transforms.json");
        Files.writeString(file, Files.readString(file).replace("\"" + number + "\"", "" + number));
        assertInvalid("frame 'f1'", "not finite", "row 2");
    }

    @Test
    void poseIsScaled() throws IOException {
        breakFrame(frame -> ((ArrayNode) frame.get("transform_matrix").get(0)).set(0, 2.0));
        assertInvalid("frame 'f1'", "not a rotation and a translation");
    }

    @Test
    void poseHasTwoRows() throws IOException {
        breakFrame(frame -> ((ArrayNode) frame.get("transform_matrix")).remove(3));
        breakFrame(frame -> ((ArrayNode) frame.get("transform_matrix")).remove(2));
        assertInvalid("frame 'f1'", "3 or 4 rows of 4 numbers");
    }

    @Test
    void depthHasAnotherShapeThanColor() throws IOException {
        scene.put("depth/f1.png", ImageFiles.png(new IntegerImage(new ImageSize(8, 8), 16, new char[64])));
        assertInvalid("frame 'f1'", "file 'depth/f1.png'", "8 x 8 pixels", "8 x 6", "same field of view");
    }

    @Test
    void depthHas8Bits() throws IOException {
        scene.put("depth/f1.png", ImageFiles.png(new IntegerImage(TransformsFixture.SIZE, 8, new char[48])));
        assertInvalid("frame 'f1'", "file 'depth/f1.png'", "8 bits", "16-bit");
    }

    @Test
    void imageCannotBeRead() throws IOException {
        scene.put("images/f1.png", new byte[] {1, 2, 3});
        assertInvalid("frame 'f1'", "file 'images/f1.png'", "can't be read");
    }

    @Test
    void fileIsNotTheOneThatWasWritten() throws IOException {
        Files.copy(
                scene.folder().resolve("depth/f0.png"),
                scene.folder().resolve("depth/f1.png"),
                StandardCopyOption.REPLACE_EXISTING);
        assertInvalid("frame 'f1'", "file 'depth/f1.png'", "another sha256", "damaged");
    }

    @Test
    void digestIsNone() throws IOException {
        breakFrame(frame -> frame.putObject("sha256").put("file_path", "abc"));
        assertInvalid("frame 'f1'", "the sha256 of 'file_path' is \"abc\"", "64 hexadecimal digits");
    }

    @Test
    void twoFramesHaveOneName() throws IOException {
        breakFrame(frame -> frame.put("file_path", "other/f0.jpg"));
        assertInvalid("frame 'f0'", "images/f0.png", "other/f0.jpg", "own file name");
    }

    @Test
    void frameNameIsUnsafe() throws IOException {
        breakFrame(frame -> frame.put("file_path", "images/my frame.png"));
        assertInvalid("frame 'my frame'", "rename the image");
    }

    @Test
    void labelIsOutsideTheClassList() throws IOException {
        byte[] ids = new byte[48];
        ids[17] = 3;
        scene.put("labels/f1.png", ImageFiles.png(IntegerImage.ofBytes(TransformsFixture.SIZE, ids)));
        assertInvalid(Reason.InvalidLabels, "frame 'f1'", "file 'labels/f1.png'", "label id 3", "0 to 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../room/depth/f1.png", "/etc/hostname", "depth/../../x.png"})
    void pathLeavesTheSceneByName(String path) throws IOException {
        breakFrame(frame -> frame.put("depth_file_path", path));
        assertInvalid("frame 'f1'", "file '" + path + "'", "scene's folder");
    }

    @Test
    void pathLeavesTheSceneByASymbolicLink() throws IOException {
        Path outside = Files.move(scene.folder().resolve("depth/f1.png"), temp.resolve("outside.png"));
        Files.createSymbolicLink(scene.folder().resolve("depth/f1.png"), outside);
        assertInvalid("file 'depth/f1.png'", "outside the scene's folder");
    }

    @Test
    void sceneHasNoFrames() throws IOException {
        scene.edit(json -> json.putArray("frames"));
        assertInvalid("Scene 'room'", "has no frames");
    }

    @Test
    void descriptionIsNotJson() throws IOException {
        scene.put("transforms.json", "{\"frames\": [".getBytes(StandardCharsets.UTF_8));
        assertInvalid("Scene 'room'", "transforms.json", "not JSON");
    }

    @Test
    void lensHasANumberThatIsNotKnown() throws IOException {
        scene.edit(json -> json.put("k5", 0.03));
        assertInvalid("'k5'", "undistort");
    }

    @Test
    void cameraIsNotKnown() throws IOException {
        scene.edit(json -> json.put("camera_model", "EQUIRECTANGULAR"));
        assertInvalid("EQUIRECTANGULAR", "undistort");
    }

    @Test
    void intrinsicsAreMissingOrImpossible() throws IOException {
        breakFrame(frame -> frame.put("fl_x", -1));
        assertInvalid("frame 'f1'", "Focal lengths -1.0");
        breakFrame(frame -> frame.remove("fl_x"));
        assertInvalid("frame 'f1'", "needs numbers 'fl_x'");
    }

    @Test
    void depthIsOfAnUnknownKind() throws IOException {
        scene.edit(json -> json.put("depth_kind", "disparity"));
        assertInvalid("'disparity'", "\"z\"", "\"ray\"");
    }

    @Test
    void depthScaleIsZero() throws IOException {
        scene.edit(json -> json.put("depth_unit_scale_factor", 0));
        assertInvalid("depth_unit_scale_factor", "0.001");
    }

    @Test
    void scenesDisagreeOnClasses() throws IOException {
        TransformsFixture.write(root, "attic", 1)
                .edit(json -> json.putArray("classes").add("bed"));
        assertThatThrownBy(() -> scenes().classes())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Scene 'room'")
                .hasMessageContaining("differ from those of scene 'attic'");
    }

    @Test
    void directoryHasNoScene() throws IOException {
        Path empty = Files.createDirectory(temp.resolve("empty"));
        assertThatThrownBy(() -> new TransformsScenes(new DirectorySceneSource(empty)).names())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has no scene")
                .hasMessageContaining("transforms.json");
    }

    @Test
    void directoryIsMissingOrASceneItself() {
        assertThatThrownBy(() -> new DirectorySceneSource(temp.resolve("none")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("not a directory");
        assertThatThrownBy(() -> new DirectorySceneSource(scene.folder()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("give the directory above it");
    }

    private void breakFrame(Consumer<ObjectNode> change) throws IOException {
        scene.editFrame(1, change);
    }

    private void assertInvalid(String... details) {
        assertInvalid(Reason.InvalidDataset, details);
    }

    private void assertInvalid(Reason reason, String... details) {
        assertThatThrownBy(this::readAll)
                .isInstanceOfSatisfying(
                        InvalidInputException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining("'room'")
                .hasMessageContaining(root.toString())
                .message()
                .contains(details);
    }

    private void readAll() throws IOException {
        SourceScene open = scenes().open("room", TransformsFixture.SIZE, 3);
        for (int i = 0; i < open.frameNames().size(); i++) {
            open.read(i);
        }
    }

    private TransformsScenes scenes() {
        return new TransformsScenes(new DirectorySceneSource(root));
    }
}
