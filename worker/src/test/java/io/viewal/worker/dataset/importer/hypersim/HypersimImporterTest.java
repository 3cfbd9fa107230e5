package io.viewal.worker.dataset.importer.hypersim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.importer.ImportPolicy;
import io.viewal.worker.dataset.importer.ImportReport;
import io.viewal.worker.dataset.importer.ImportTrial;
import io.viewal.worker.dataset.importer.OnError;
import io.viewal.worker.dataset.importer.PlainFiles;
import io.viewal.worker.dataset.importer.source.SourceFiles;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scenes are written by the data set's description; three arrays come from h5py, which wrote the data set's own. */
class HypersimImporterTest {

    private static final int FRAMES = 4;
    private static final String SCENE = "ai_001_001_cam_00";

    /** Held, so that the writer does not tell of every file. */
    private static final Logger WRITER = Logger.getLogger("io.jhdf");

    private static List<SourceFrame> room;

    @TempDir
    Path temp;

    private Path scene;
    private Path out;

    @BeforeAll
    static void render() throws IOException {
        WRITER.setLevel(Level.SEVERE);
        room = ImportTrial.room(FRAMES, 13);
    }

    @BeforeEach
    void write() throws IOException {
        scene = temp.resolve("hypersim/ai_001_001");
        out = temp.resolve("out");
        HypersimWriter.write(scene, room);
    }

    @Test
    void givesBackPosesDepthAndLabelsOfTheScene() throws IOException {
        ImportReport report = run(ImportPolicy.STRICT);
        assertThat(report.frameCount()).isEqualTo(FRAMES);
        SourceScene imported = ImportTrial.open(out, SCENE);
        assertThat(imported.frameNames()).startsWith("frame.0000", "frame.0001");
        for (int i = 0; i < FRAMES; i++) {
            ImportTrial.assertSame(imported.read(i), room.get(i), 1e-5, 0.6e-3);
        }
        ImportTrial.assertViewsAgree(out);
    }

    @Test
    void takesSixtyDegreesAcrossWhenNoCameraIsGiven() throws IOException {
        ImportTrial.run(new HypersimImporter(), scene.getParent(), out);
        Intrinsics camera = ImportTrial.open(out, SCENE).read(0).frame().intrinsics();
        assertThat(camera.fx()).isCloseTo(80 * Math.sqrt(3), within(1e-9)).isEqualTo(camera.fy());
        assertThat(camera.cy()).isEqualTo(59.5);
    }

    @Test
    void readsCompressedHalfPrecisionAndWholeNumbersOfAnotherWriter() throws IOException {
        copy("depth_meters.hdf5");
        copy("semantic.hdf5");
        try (SourceFiles files = SourceFiles.open(temp)) {
            HdfArray depth = HdfArray.read(files, "depth_meters.hdf5", 2);
            assertThat(depth.dimensions()).containsExactly(24, 32);
            assertThat(depth.values()[0]).isNaN();
            for (int p = 1; p < 768; p++) {
                assertThat(depth.values()[p]).isEqualTo(1 + p / 256f);
            }
            HdfArray labels = HdfArray.read(files, "semantic.hdf5", 2);
            for (int p = 0; p < 768; p++) {
                assertThat(labels.values()[p]).isEqualTo(p % 42 - 1);
            }
        }
    }

    @Test
    void refusesAnArrayThatClaimsMoreThanItMay() throws IOException {
        copy("huge.hdf5");
        try (SourceFiles files = SourceFiles.open(temp)) {
            assertThatThrownBy(() -> HdfArray.read(files, "huge.hdf5", 2))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("huge.hdf5")
                    .hasMessageContaining("200000");
        }
    }

    @Test
    void refusesOrLeavesOutDepthThatIsCutOff() throws IOException {
        Path file = geometry("frame.0001.depth_meters.hdf5");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertRefused("frame.0001.depth_meters.hdf5", "can't be read as HDF5");
        assertLeftOut("frame.0001", "can't be read as HDF5");
    }

    @Test
    void refusesOrLeavesOutLabelsThatNyu40DoesNotHave() throws IOException {
        short[][] labels = new short[ImportTrial.SIZE.height()][ImportTrial.SIZE.width()];
        labels[5][6] = 41;
        replace("frame.0002.semantic.hdf5", labels);
        assertRefused("frame.0002.semantic.hdf5", "label id 41");
        labels[5][6] = -7;
        replace("frame.0002.semantic.hdf5", labels);
        assertRefused("frame.0002.semantic.hdf5", "label id -7");
        assertLeftOut("frame.0002", "label id -7");
    }

    @Test
    void refusesOrLeavesOutAFrameWithoutAPose() throws IOException {
        PlainFiles.color(
                scene.resolve("images/scene_cam_00_final_preview/frame.0099.tonemap.jpg"),
                room.getFirst().color(),
                ImportTrial.SIZE);
        assertRefused("frame.0099", "4 poses");
        assertThat(run(ImportPolicy.STRICT.on(OnError.SKIP)).leftOutLines()).hasSize(1);
    }

    @Test
    void refusesASceneThatDoesNotSayItsUnit() throws IOException {
        Files.writeString(scene.resolve("_detail/metadata_scene.csv"), "parameter_name,parameter_value\n");
        assertRefused("metadata_scene.csv", "meters_per_asset_unit");
    }

    @Test
    void refusesAFolderWithoutScenes() {
        assertThatThrownBy(() -> ImportTrial.run(new HypersimImporter(), temp, out))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("_detail/metadata_scene.csv");
    }

    private Path geometry(String file) {
        return scene.resolve("images/scene_cam_00_geometry_hdf5").resolve(file);
    }

    private void replace(String file, Object array) throws IOException {
        Files.delete(geometry(file));
        HypersimWriter.hdf(geometry(file), array);
    }

    private void copy(String resource) throws IOException {
        try (InputStream in = HypersimImporterTest.class.getResourceAsStream(resource)) {
            Files.copy(in, temp.resolve(resource));
        }
    }

    private ImportReport run(ImportPolicy policy) throws IOException {
        SourceOptions options =
                SourceOptions.NONE.withCamera(room.getFirst().frame().intrinsics());
        return ImportTrial.run(new HypersimImporter(), scene.getParent(), out, options, policy);
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
