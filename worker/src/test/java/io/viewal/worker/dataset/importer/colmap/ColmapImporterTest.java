package io.viewal.worker.dataset.importer.colmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.importer.ImportPolicy;
import io.viewal.worker.dataset.importer.ImportReport;
import io.viewal.worker.dataset.importer.ImportTrial;
import io.viewal.worker.dataset.importer.OnError;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColmapImporterTest {

    private static final int FRAMES = 5;

    private static List<SourceFrame> room;

    @TempDir
    Path temp;

    private Path model;
    private Path out;

    @BeforeAll
    static void render() throws IOException {
        room = ImportTrial.room(FRAMES, 9);
    }

    @BeforeEach
    void write() throws IOException {
        model = temp.resolve("models/kitchen");
        out = temp.resolve("out");
        ColmapWriter.write(model, room, ImportTrial.SIZE);
    }

    @Test
    void givesBackPosesDepthAndBothKindsOfCamera() throws IOException {
        ImportReport report = run(ImportPolicy.STRICT);
        assertThat(report.frameCount()).isEqualTo(FRAMES);
        SourceScene scene = ImportTrial.open(out, "kitchen");
        assertThat(scene.frameNames()).startsWith("left_0000", "left_0001");
        assertSame(scene, 0.5e-3);
        ImportTrial.assertViewsAgree(out);
    }

    @Test
    void readsColmapsOwnDepthMaps() throws IOException {
        Files.move(model.resolve("depth"), temp.resolve("depth"));
        for (int i = 0; i < FRAMES; i++) {
            float[] depth = room.get(i).depth().clone();
            depth[0] = Float.NaN;
            depth[1] = -3;
            depth[2] = 1e9f;
            ColmapWriter.stereo(model, "left/%04d.png".formatted(i), depth, ImportTrial.SIZE);
        }
        run(ImportPolicy.STRICT);
        SourceScene scene = ImportTrial.open(out, "kitchen");
        assertThat(Arrays.copyOf(scene.read(0).depth(), 3)).containsExactly(0, 0, 0);
        float[] depth = scene.read(0).depth();
        assertThat(Arrays.copyOfRange(depth, 3, depth.length))
                .isEqualTo(Arrays.copyOfRange(room.get(0).depth(), 3, depth.length));
        ImportTrial.assertViewsAgree(out);
    }

    @Test
    void takesTheDepthUnitThatIsGiven() throws IOException {
        SourceOptions options = new SourceOptions(true, Optional.empty(), Optional.empty(), Optional.of(0.002));
        ImportTrial.run(new ColmapImporter(), model, out, options, ImportPolicy.STRICT);
        float[] depth = ImportTrial.open(out, "kitchen").read(0).depth();
        int known = 0;
        while (room.get(0).depth()[known] == 0) {
            known++;
        }
        assertThat(depth[known]).isEqualTo(2 * room.get(0).depth()[known]);
        assertThatThrownBy(() -> new SourceOptions(true, Optional.empty(), Optional.empty(), Optional.of(-1.0)))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void findsTheModelInTheFolderItselfOrInSparse() throws IOException {
        for (String folder : List.of("sparse", ".")) {
            Path copy = temp.resolve("copy-" + folder.length()).resolve("kitchen");
            ColmapWriter.write(copy, room, ImportTrial.SIZE);
            for (String file : List.of("cameras.txt", "images.txt")) {
                Files.move(
                        copy.resolve("sparse/0").resolve(file),
                        copy.resolve(folder).resolve(file));
            }
            Path target = temp.resolve("out-" + folder.length());
            assertThat(ImportTrial.run(new ColmapImporter(), copy.getParent(), target)
                            .frameCount())
                    .isEqualTo(FRAMES);
        }
    }

    @Test
    void refusesOrLeavesOutImagesOfACameraThatIsNotKnown() throws IOException {
        edit("images.txt", "(?m)^(3 .*) 2 (left.*)$", "$1 3 $2");
        edit("cameras.txt", "(?m)^3 .*$", "3 FOV 160 120 100 100 80 60 0.9");
        assertRefused("left_0002", "camera 3", "has the model FOV", "image_undistorter");
        assertLeftOut("left_0002", "FOV");
    }

    @Test
    void refusesOrLeavesOutImagesOfNoCamera() throws IOException {
        edit("images.txt", "(?m)^(3 .*) 2 (left.*)$", "$1 9 $2");
        assertLeftOut("left_0002", "camera 9 of image left/0002.png is not in the model's cameras");
    }

    @Test
    void refusesOrLeavesOutAPoseThatIsNone() throws IOException {
        edit("images.txt", "(?m)^3 \\S+", "3 7");
        assertRefused("left_0002", "the quaternion has length 7");
        assertLeftOut("left_0002", "the quaternion has length 7");
    }

    @Test
    void refusesOrLeavesOutAnImageWithoutDepth() throws IOException {
        Files.delete(model.resolve("depth/left/0002.png"));
        assertRefused("depth/left/0002.png", "stereo/depth_maps/left/0002.png.geometric.bin");
        assertLeftOut("left_0002", "depth map is needed");
    }

    @Test
    void refusesOrLeavesOutADepthMapThatIsCutOff() throws IOException {
        Files.delete(model.resolve("depth/left/0002.png"));
        ColmapWriter.stereo(model, "left/0002.png", new float[7], ImportTrial.SIZE);
        assertRefused("0002.png.geometric.bin", "28 bytes follow");
        Files.writeString(model.resolve("stereo/depth_maps/left/0002.png.geometric.bin"), "nothing");
        assertRefused("does not begin with width&height&channels&");
        assertLeftOut("left_0002", "does not begin with");
    }

    @Test
    void aLensWithDistortionIsUndistorted() throws IOException {
        edit("images.txt", "(?m)^(\\d .*) [12] (left.*)$", "$1 3 $2");
        edit("cameras.txt", "(?m)^3 .*$", "3 SIMPLE_RADIAL 160 120 130 80.5 60.5 -0.1");
        run(ImportPolicy.STRICT);
        double focal =
                ImportTrial.open(out, "kitchen").read(0).frame().intrinsics().fx();
        assertThat(focal).isBetween(100.0, 160.0).isNotEqualTo(130.0);
    }

    @Test
    void readsTextModelsWithoutLinesOfPointsAndHoldsThemToTheirCounts() throws IOException {
        edit("images.txt", "(?m)^(2362.*)?\\n", "");
        run(ImportPolicy.STRICT);
        assertSame(ImportTrial.open(out, "kitchen"), 0.5e-3);
        edit("images.txt", "(?m)^# Image.*$", "# Number of images: 5, mean observations per image: 1");
        ImportTrial.run(new ColmapImporter(), model, temp.resolve("again"));
        edit("images.txt", "(?m)^3 .*\\n", "");
        assertRefused("images.txt", "states 5 images and has 4");
    }

    @Test
    void readsBinaryModelsAsColmapWritesThem() throws IOException {
        ColmapWriter.binary(model);
        run(ImportPolicy.STRICT);
        assertSame(ImportTrial.open(out, "kitchen"), 0.5e-3);
        Path images = model.resolve("sparse/0/images.bin");
        byte[] whole = Files.readAllBytes(images);
        Files.write(images, Arrays.copyOf(whole, whole.length - 30));
        assertRefused("images.bin", "cut off");
    }

    @Test
    void refusesANameThatLeavesTheImages() throws IOException {
        edit("images.txt", "left/0002.png", "../../left.png");
        Files.write(temp.resolve("left.png"), new byte[10]);
        assertRefused("'.._.._left' can't name a file");
    }

    @Test
    void refusesLinesThatAreNone() throws IOException {
        edit("cameras.txt", "1 PINHOLE 160 120 \\S+", "1 PINHOLE 160 120 wide");
        assertRefused("cameras.txt", "is no camera");
        ColmapWriter.write(model, room, ImportTrial.SIZE);
        edit("images.txt", "(?m)^3 .*$", "3 1 0 0");
        assertRefused("images.txt", "is no image");
    }

    @Test
    void refusesABinaryModelThatIsCutOff() throws IOException {
        Path binary = Files.createDirectories(temp.resolve("binary/hall/sparse/0"));
        Files.write(binary.resolve("cameras.bin"), new byte[] {2, 0, 0, 0, 0, 0, 0, 0, 1, 0});
        assertThatThrownBy(() -> ImportTrial.run(new ColmapImporter(), temp.resolve("binary"), out))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cameras.bin")
                .hasMessageContaining("cut off");
    }

    private void assertSame(SourceScene scene, double metres) throws IOException {
        for (int i = 0; i < FRAMES; i++) {
            SourceFrame expected = room.get(i);
            ImportTrial.assertSame(
                    scene.read(i),
                    new SourceFrame(expected.frame(), expected.color(), expected.depth(), null, null),
                    1e-9,
                    metres);
        }
    }

    private void edit(String file, String pattern, String replacement) throws IOException {
        Path path = model.resolve("sparse/0").resolve(file);
        String text = Files.readString(path);
        String changed = text.replaceAll(pattern, replacement);
        assertThat(changed).isNotEqualTo(text);
        Files.writeString(path, changed);
    }

    private ImportReport run(ImportPolicy policy) throws IOException {
        return ImportTrial.run(new ColmapImporter(), model.getParent(), out, SourceOptions.NONE, policy);
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
