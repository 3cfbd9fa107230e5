package io.viewal.worker.dataset.importer.scannet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.importer.ImportPolicy;
import io.viewal.worker.dataset.importer.ImportReport;
import io.viewal.worker.dataset.importer.ImportTrial;
import io.viewal.worker.dataset.importer.OnError;
import io.viewal.worker.dataset.importer.source.Nyu40;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import io.viewal.worker.dataset.interchange.DirectorySceneSource;
import io.viewal.worker.dataset.interchange.TransformsScenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SensImporterTest {

    private static final int FRAMES = 5;

    private static List<SourceFrame> room;

    @TempDir
    Path temp;

    private Path scans;
    private Path scan;
    private Path out;

    @BeforeAll
    static void render() throws IOException {
        room = ImportTrial.room(FRAMES, 3);
    }

    @BeforeEach
    void folders() throws IOException {
        scans = temp.resolve("scans");
        scan = Files.createDirectories(scans.resolve("scene0001_00"));
        out = temp.resolve("out");
        Files.writeString(temp.resolve(RawLabels.FILE), SensWriter.table());
        SensWriter.labelArchive(scan.resolve("scene0001_00_2d-label-filt.zip"), room, ImportTrial.SIZE);
        write(writer -> {});
    }

    @Test
    void givesBackPosesDepthAndLabelsOfTheScene() throws IOException {
        ImportReport report = run(ImportPolicy.STRICT);
        assertThat(report.frameCount()).isEqualTo(FRAMES);
        assertThat(report.leftOutLines()).isEmpty();
        SourceScene scene = ImportTrial.open(out, "scene0001_00");
        assertThat(scene.frameNames()).startsWith("000000", "000001").hasSize(FRAMES);
        for (int i = 0; i < FRAMES; i++) {
            ImportTrial.assertSame(scene.read(i), room.get(i), 1e-6, 1e-6);
        }
        ImportTrial.assertViewsAgree(out);
        assertThat(new TransformsScenes(new DirectorySceneSource(out)).classes())
                .isEqualTo(Nyu40.CLASSES);
    }

    @Test
    void keepsTheColorFilesOfTheStream() throws IOException {
        run(ImportPolicy.STRICT);
        byte[] jpeg = new SensWriter(room, ImportTrial.SIZE).frames.get(2).color;
        assertThat(out.resolve("scene0001_00/images/000002.jpg")).hasBinaryContent(jpeg);
    }

    @Test
    void readsLabelsFromAFolderAndWorksWithoutAny() throws IOException {
        Files.delete(scan.resolve("scene0001_00_2d-label-filt.zip"));
        Path labels = Files.createDirectories(scan.resolve("label-filt"));
        Files.write(labels.resolve("1.png"), SensWriter.rawLabels(room.get(1).labels(), ImportTrial.SIZE));
        run(ImportPolicy.STRICT);
        SourceScene scene = ImportTrial.open(out, "scene0001_00");
        assertThat(scene.hasLabels(0)).isFalse();
        assertThat(scene.read(1).labels()).isEqualTo(room.get(1).labels());
    }

    @Test
    void readsRawDepthAndRawColor() throws IOException {
        write(writer -> {
            writer.depthCoding = 0;
            writer.colorCoding = 0;
            for (int i = 0; i < FRAMES; i++) {
                writer.frames.get(i).depth = SensWriter.millimetres(room.get(i).depth());
                writer.frames.get(i).color = new byte[3 * 4 * ImportTrial.SIZE.pixels()];
            }
        });
        run(ImportPolicy.STRICT);
        ImportTrial.assertSame(ImportTrial.open(out, "scene0001_00").read(3), room.get(3), 1e-6, 1e-6);
    }

    @Test
    void asksForTheLabelTableWhereThereAreLabels() throws IOException {
        Path table = Files.move(temp.resolve(RawLabels.FILE), temp.resolve("table.tsv"));
        assertRefused("_2d-label-filt.zip", "--label-table", RawLabels.FILE);
        ImportReport report = ImportTrial.run(
                new SensImporter(), scans, out, SourceOptions.NONE.withLabelTable(table), ImportPolicy.STRICT);
        assertThat(report.frameCount()).isEqualTo(FRAMES);
    }

    @Test
    void takesEveryNthFrameUpToAnAmount() throws IOException {
        ImportReport report = run(new ImportPolicy(OnError.FAIL, 2, 2, false));
        assertThat(ImportTrial.open(out, "scene0001_00").frameNames()).containsExactly("000000", "000002");
        assertThat(report.frameCount()).isEqualTo(2);
    }

    @Test
    void leavesOutFramesThatTheTrackerLostWhateverThePolicy() throws IOException {
        write(writer -> writer.frames.get(1).pose[3] = Float.NEGATIVE_INFINITY);
        ImportReport report = run(ImportPolicy.STRICT);
        assertThat(report.frameCount()).isEqualTo(FRAMES - 1);
        assertThat(report.leftOutLines()).singleElement().asString().contains("000001", "tracker lost");
        assertThat(out.resolve(ImportReport.FILE)).content().contains("tracker lost", "\"frame\" : \"000001\"");
    }

    @Test
    void refusesOrLeavesOutAPoseThatIsNoNumber() throws IOException {
        write(writer -> writer.frames.get(1).pose[3] = Float.NaN);
        assertRefused("scene0001_00", "frame '000001'", "not finite");
        assertLeftOut("000001", "not finite");
    }

    @Test
    void refusesATruncatedFileOrKeepsWhatIsBeforeTheCut() throws IOException {
        Path file = scan.resolve("scene0001_00.sens");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length * 7 / 10));
        assertRefused("scene0001_00.sens", "cut off", "of 5");
        assertThat(out).isEmptyDirectory();
        ImportReport report = run(ImportPolicy.STRICT.on(OnError.SKIP));
        assertThat(report.frameCount()).isEqualTo(3);
        assertThat(report.leftOutLines()).singleElement().asString().contains("cut off", "frame 3 of 5");
    }

    @Test
    void refusesAFileThatEndsInItsHeader() throws IOException {
        Path file = scan.resolve("scene0001_00.sens");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100));
        assertRefused("cut off", "its header");
    }

    @Test
    void refusesOrLeavesOutColorThatCannotBeDecoded() throws IOException {
        write(writer -> {
            byte[] jpeg = writer.frames.get(4).color;
            writer.frames.get(4).color = Arrays.copyOf(jpeg, jpeg.length / 2);
        });
        assertRefused("frame '000004'", "colour image", "cut off");
        assertLeftOut("000004", "can't be read");
    }

    @Test
    void refusesOrLeavesOutDepthOfTheWrongLength() throws IOException {
        write(writer -> writer.frames.get(0).depth = SensWriter.deflate(new byte[1 << 20]));
        assertRefused("frame '000000'", "depth", "bytes, expected 2 a pixel of 160 x 120");
        assertLeftOut("000000", "depth");
    }

    @Test
    void refusesOrLeavesOutDepthThatCannotBeInflated() throws IOException {
        write(writer -> Arrays.fill(writer.frames.get(2).depth, 2, 60, (byte) 0xff));
        assertRefused("frame '000002'", "can't be inflated");
        assertLeftOut("000002", "can't be inflated");
    }

    @Test
    void refusesOrLeavesOutLabelsThatTheTableDoesNotHave() throws IOException {
        Files.delete(scan.resolve("scene0001_00_2d-label-filt.zip"));
        byte[] labels = room.get(1).labels().clone();
        labels[77] = 13;
        Path folder = Files.createDirectories(scan.resolve("label-filt"));
        Files.write(folder.resolve("1.png"), SensWriter.rawLabels(labels, ImportTrial.SIZE));
        assertRefused("frame '000001'", "label-filt/1.png", "label id 1307", "not in the label table");
        assertLeftOut("000001", "label id 1307");
    }

    @Test
    void refusesATruncatedLabelArchive() throws IOException {
        Path zip = scan.resolve("scene0001_00_2d-label-filt.zip");
        byte[] whole = Files.readAllBytes(zip);
        Files.write(zip, Arrays.copyOf(whole, whole.length - 50));
        assertRefused("_2d-label-filt.zip", "cut off");
    }

    @Test
    void refusesOtherVersionsCodingsAndCameras() throws IOException {
        write(writer -> writer.version = 3);
        assertRefused("version 3, expected 4");
        write(writer -> writer.depthCoding = 2);
        assertRefused("occi_ushort", "scannet-frames");
        write(writer -> writer.colorCoding = 9);
        assertRefused("colour is coded in way 9");
        write(writer -> writer.colorOffset = 40);
        assertRefused("do not show the same field of view");
    }

    @Test
    void refusesAFolderWithoutStreams() {
        assertThatThrownBy(() -> ImportTrial.run(new SensImporter(), Files.createDirectory(temp.resolve("none")), out))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no .sens file");
    }

    @Test
    void leavesOutABrokenSceneAndGoesOnWithTheNext() throws IOException {
        Files.writeString(scans.resolve("broken.sens"), "no stream");
        assertRefused("broken.sens", "cut off");
        ImportReport report = run(ImportPolicy.STRICT.on(OnError.SKIP));
        assertThat(report.sceneCount()).isEqualTo(1);
        assertThat(report.leftOutLines()).singleElement().asString().startsWith("broken: ");
    }

    @Test
    void resumesByLeavingFinishedScenesAsTheyAre() throws IOException {
        run(ImportPolicy.STRICT);
        Files.copy(scan.resolve("scene0001_00.sens"), scans.resolve("scene0002_00.sens"));
        ImportReport report = run(new ImportPolicy(OnError.FAIL, 1, 100, true));
        assertThat(report.scenes())
                .extracting(ImportReport.SceneEntry::outcome)
                .containsExactly(ImportReport.Outcome.THERE_ALREADY, ImportReport.Outcome.IMPORTED);
    }

    private void write(Consumer<SensWriter> change) throws IOException {
        SensWriter writer = new SensWriter(room, ImportTrial.SIZE);
        change.accept(writer);
        Files.write(scan.resolve("scene0001_00.sens"), writer.bytes());
    }

    private ImportReport run(ImportPolicy policy) throws IOException {
        return ImportTrial.run(new SensImporter(), scans, out, SourceOptions.NONE, policy);
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
        assertThat(ImportTrial.open(out, "scene0001_00").frameNames()).doesNotContain(frame);
    }
}
