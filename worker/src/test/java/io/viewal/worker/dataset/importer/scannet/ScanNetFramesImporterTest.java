package io.viewal.worker.dataset.importer.scannet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.importer.ImportPolicy;
import io.viewal.worker.dataset.importer.ImportReport;
import io.viewal.worker.dataset.importer.ImportTrial;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import io.viewal.worker.dataset.interchange.ColorImage;
import io.viewal.worker.dataset.interchange.DirectorySceneSource;
import io.viewal.worker.dataset.interchange.ImageFiles;
import io.viewal.worker.dataset.interchange.IntegerImage;
import io.viewal.worker.dataset.interchange.TransformsScenes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanNetFramesImporterTest {

    private static final String POSE = "0 -1 0 1.5\n1 0 0 -2.25\n0 0 1 0.125\n0 0 0 1";
    private static final ImageSize COLOR = new ImageSize(4, 3);

    @TempDir
    Path temp;

    private Path source;
    private Path out;

    @BeforeEach
    void writeSource() throws IOException {
        source = temp.resolve("scannet");
        out = temp.resolve("out");
        for (String folder : new String[] {"color", "depth", "pose", "info", "label", "superpixel"}) {
            Files.createDirectories(source.resolve(folder));
        }
        Files.writeString(source.resolve("info/scene0001_00.txt"), """
            m_sensorName = StructureSensor
            m_depthWidth = 8
            m_depthHeight = 6
            m_calibrationDepthIntrinsic = 577.871 0 3.5 0 0 578.5 2.5 0 0 0 1 0 0 0 0 1\s
            """);
        writeFrame("scene0001_00_000000", POSE);
        writeFrame("scene0001_00_000035", POSE);
    }

    @Test
    void keepsDepthPosesIntrinsicsAndLabels() throws IOException {
        ImportReport report = run(true);
        assertThat(report.scenes())
                .containsExactly(new ImportReport.SceneEntry(
                        "scene0001_00", ImportReport.Outcome.IMPORTED, 2, 0, List.of(), List.of()));
        SourceScene scene = open();
        assertThat(scene.frameNames()).containsExactly("scene0001_00_000000", "scene0001_00_000035");
        SourceFrame frame = scene.read(1);
        assertThat(frame.frame().intrinsics()).isEqualTo(new Intrinsics(577.871, 578.5, 3.5, 2.5).scaled(0.5, 0.5));
        assertThat(frame.frame().pose().matrix())
                .containsExactly(0, -1, 0, 1.5, 1, 0, 0, -2.25, 0, 0, 1, 0.125, 0, 0, 0, 1);
        assertThat(frame.depth()[0]).isEqualTo((float) ((8 + 1) * 257 / 1000.0));
        assertThat(frame.labels()).containsExactly(255, 0, 1, 39, 255, 255, 255, 255, 255, 255, 255, 255);
        assertThat(frame.superpixels()[11]).isEqualTo((char) 11);
        assertThat(new TransformsScenes(new DirectorySceneSource(out)).classes())
                .hasSize(40)
                .startsWith("wall", "floor", "cabinet");
    }

    @Test
    void leavesOutTheSourcesSuperpixelsUnlessAsked() throws IOException {
        run(false);
        assertThat(open().read(0).superpixels()).isNull();
    }

    @Test
    void copiesTheColorFileByteForByte() throws IOException {
        run(true);
        assertThat(out.resolve("scene0001_00/images/scene0001_00_000035.png"))
                .hasSameBinaryContentAs(source.resolve("color/scene0001_00_000035.png"));
    }

    @Test
    void leavesOutFramesThatTheTrackerLostAndSaysSo() throws IOException {
        writeFrame("scene0001_00_000070", POSE.replace("1.5", "-inf"));
        ImportReport report = run(true);
        assertThat(report.frameCount()).isEqualTo(2);
        assertThat(report.leftOutLines()).singleElement().asString().contains("scene0001_00_000070", "not finite");
    }

    @Test
    void namesTheFileThatIsMissing() throws IOException {
        Files.delete(source.resolve("depth/scene0001_00_000035.pgm"));
        assertRefused("scene0001_00_000035.pgm", "no such file");
        writeFrame("scene0001_00_000035", POSE);
        Files.delete(source.resolve("info/scene0001_00.txt"));
        assertRefused("scene0001_00.txt", "no such file");
    }

    @Test
    void namesTheFileThatIsBroken() throws IOException {
        Files.writeString(source.resolve("pose/scene0001_00_000035.txt"), "1 2 3");
        assertRefused("scene0001_00_000035.txt", "3 numbers, expected 16");
        Files.writeString(source.resolve("info/scene0001_00.txt"), "m_depthWidth = 8\n");
        assertRefused("scene0001_00.txt", "m_calibrationDepthIntrinsic");
    }

    @Test
    void refusesLabelsThatNyu40DoesNotHave() throws IOException {
        byte[] labels = new byte[12];
        labels[7] = 41;
        Files.write(
                source.resolve("label/scene0001_00_000035.png"), ImageFiles.png(IntegerImage.ofBytes(COLOR, labels)));
        assertRefused("scene0001_00_000035.png", "label id 41", "none of NYU40's 40", "--label-table");
    }

    @Test
    void refusesDepthOf8Bits() throws IOException {
        byte[] shades = ImageFiles.png(IntegerImage.ofBytes(new ImageSize(8, 6), new byte[48]));
        Files.write(source.resolve("depth/scene0001_00_000035.png"), shades);
        assertRefused("scene0001_00_000035.png", "8 bits a pixel", "take the original");
    }

    @Test
    void refusesDepthOfAnotherSizeThanTheScans() throws IOException {
        Files.write(source.resolve("depth/scene0001_00_000035.pgm"), pgm(4, 3));
        assertRefused("scene0001_00_000035.pgm", "4 x 3 pixels", "8 x 6");
    }

    @Test
    void refusesAFolderWithoutColor() {
        assertThatThrownBy(() -> ImportTrial.run(new ScanNetFramesImporter(), temp, out))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("expected color, depth, pose and info");
    }

    @Test
    void leavesNoSceneWhenItFails() throws IOException {
        Files.delete(source.resolve("depth/scene0001_00_000035.pgm"));
        assertRefused("no such file");
        assertThat(out).isEmptyDirectory();
    }

    private ImportReport run(boolean superpixels) throws IOException {
        SourceOptions options = new SourceOptions(superpixels, Optional.empty(), Optional.empty(), Optional.empty());
        return ImportTrial.run(new ScanNetFramesImporter(), source, out, options, ImportPolicy.STRICT);
    }

    private SourceScene open() throws IOException {
        return new TransformsScenes(new DirectorySceneSource(out)).open("scene0001_00", COLOR, 40);
    }

    private void assertRefused(String... details) {
        assertThatThrownBy(() -> ImportTrial.run(new ScanNetFramesImporter(), source, out))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .contains(details);
    }

    private void writeFrame(String name, String pose) throws IOException {
        Files.write(source.resolve("color/" + name + ".png"), ImageFiles.png(new ColorImage(COLOR, new byte[36])));
        Files.write(source.resolve("depth/" + name + ".pgm"), pgm(8, 6));
        Files.writeString(source.resolve("pose/" + name + ".txt"), pose);
        char[] superpixels = new char[12];
        for (int p = 0; p < 12; p++) {
            superpixels[p] = (char) p;
        }
        Files.write(
                source.resolve("superpixel/" + name + ".png"),
                ImageFiles.png(new IntegerImage(COLOR, 16, superpixels)));
        byte[] labels = {0, 1, 2, 40, 0, 0, 0, 0, 0, 0, 0, (byte) 255};
        Files.write(source.resolve("label/" + name + ".png"), ImageFiles.png(IntegerImage.ofBytes(COLOR, labels)));
    }

    /** Pixel p has the number 257 p. */
    private static byte[] pgm(int width, int height) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(
                ("P5\n# a comment\n" + width + " " + height + "\n65535\n").getBytes(StandardCharsets.US_ASCII));
        for (int p = 0; p < width * height; p++) {
            content.write(p);
            content.write(p);
        }
        return content.toByteArray();
    }
}
