package io.viewal.worker.dataset.importer.nerf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.worker.InvalidInputException;
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
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolycamImporterTest {

    private static final int FRAMES = 4;

    private static List<SourceFrame> room;

    @TempDir
    Path temp;

    private Path capture;
    private Path out;

    @BeforeAll
    static void render() throws IOException {
        room = ImportTrial.room(FRAMES, 15);
    }

    @BeforeEach
    void write() throws IOException {
        capture = temp.resolve("polycam/kitchen");
        out = temp.resolve("out");
        PolycamWriter.write(capture, room);
    }

    @Test
    void givesBackPosesAndDepthWithTheCorrectedCameras() throws IOException {
        ImportReport report = run(ImportPolicy.STRICT);
        assertThat(report.frameCount()).isEqualTo(FRAMES);
        assertRoom();
        ImportTrial.assertViewsAgree(out);
    }

    @Test
    void readsTheArchiveThatTheAppExports() throws IOException {
        Path zip = temp.resolve("kitchen.zip");
        try (ZipOutputStream archive = new ZipOutputStream(Files.newOutputStream(zip));
                Stream<Path> files = Files.walk(capture)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                archive.putNextEntry(new ZipEntry(capture.relativize(file).toString()));
                Files.copy(file, archive);
            }
        }
        ImportTrial.run(new PolycamImporter(), zip, out);
        assertRoom();
    }

    @Test
    void takesTheAppsFirstCamerasWhereItCorrectedNone() throws IOException {
        Files.move(capture.resolve("keyframes/corrected_cameras"), temp.resolve("gone"));
        Files.move(capture.resolve("keyframes/corrected_images"), capture.resolve("keyframes/images"));
        run(ImportPolicy.STRICT);
        assertThat(ImportTrial.open(out, "kitchen").read(2).frame().pose().matrix()[3])
                .isEqualTo(room.get(2).frame().pose().matrix()[3] + 0.4);
    }

    @Test
    void refusesOrLeavesOutACameraWithoutANumber() throws IOException {
        Path file = capture.resolve("keyframes/corrected_cameras/" + PolycamWriter.stamp(1) + ".json");
        Files.writeString(file, Files.readString(file).replace("\"t_12\"", "\"t_99\""));
        assertRefused(PolycamWriter.stamp(1) + ".json", "it needs a number 't_12'");
        assertLeftOut(PolycamWriter.stamp(1), "'t_12'");
    }

    @Test
    void refusesOrLeavesOutACameraThatIsNotJson() throws IOException {
        Files.writeString(
                capture.resolve("keyframes/corrected_cameras/" + PolycamWriter.stamp(1) + ".json"), "{\"fx\": ");
        assertRefused(PolycamWriter.stamp(1) + ".json", "not JSON");
        assertLeftOut(PolycamWriter.stamp(1), "not JSON");
    }

    @Test
    void refusesOrLeavesOutDepthOf8Bits() throws IOException {
        PlainFiles.bytes(
                capture.resolve("keyframes/depth/" + PolycamWriter.stamp(1) + ".png"),
                new byte[ImportTrial.SIZE.pixels()],
                ImportTrial.SIZE);
        assertRefused(PolycamWriter.stamp(1) + ".png", "8 bits a pixel");
        assertLeftOut(PolycamWriter.stamp(1), "8 bits a pixel");
    }

    @Test
    void refusesACaptureWithoutCameras() throws IOException {
        Files.createDirectories(temp.resolve("other/hall/keyframes/images"));
        assertThatThrownBy(() -> ImportTrial.run(new PolycamImporter(), temp.resolve("other"), out))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("keyframes/cameras")
                .hasMessageContaining("raw data");
    }

    private void assertRoom() throws IOException {
        SourceScene scene = ImportTrial.open(out, "kitchen");
        for (int i = 0; i < FRAMES; i++) {
            SourceFrame expected = room.get(i);
            ImportTrial.assertSame(
                    scene.read(i),
                    new SourceFrame(expected.frame(), expected.color(), expected.depth(), null, null),
                    1e-9,
                    0.5e-3);
        }
    }

    private ImportReport run(ImportPolicy policy) throws IOException {
        return ImportTrial.run(new PolycamImporter(), capture.getParent(), out, SourceOptions.NONE, policy);
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
