package io.viewal.worker.dataset.importer.tum;

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

class TumImporterTest {

    private static final int FRAMES = 4;
    private static final String SCENE = "rgbd_dataset_freiburg1_room";

    private static List<SourceFrame> room;

    @TempDir
    Path temp;

    private Path sequence;
    private Path out;

    @BeforeAll
    static void render() throws IOException {
        room = ImportTrial.room(FRAMES, 5);
    }

    @BeforeEach
    void write() throws IOException {
        sequence = Files.createDirectories(temp.resolve("tum").resolve(SCENE));
        out = temp.resolve("out");
        TumWriter.write(sequence, room, ImportTrial.SIZE);
    }

    @Test
    void givesBackPosesAndDepthOfTheScene() throws IOException {
        ImportReport report = run(ImportPolicy.STRICT);
        assertThat(report.frameCount()).isEqualTo(FRAMES);
        assertThat(report.leftOutLines()).isEmpty();
        SourceScene scene = ImportTrial.open(out, SCENE);
        assertThat(scene.frameNames().getFirst()).isEqualTo(TumWriter.stamp(0, 0));
        for (int i = 0; i < FRAMES; i++) {
            SourceFrame expected = room.get(i);
            ImportTrial.assertSame(
                    scene.read(i),
                    new SourceFrame(expected.frame(), expected.color(), expected.depth(), null, null),
                    1e-6,
                    0.5 / 5000);
        }
        ImportTrial.assertViewsAgree(out);
    }

    @Test
    void readsOneSequenceAFolderOfThemOrAnArchive() throws IOException {
        Path zip = temp.resolve("sequence.zip");
        try (ZipOutputStream archive = new ZipOutputStream(Files.newOutputStream(zip));
                Stream<Path> files = Files.walk(sequence)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                archive.putNextEntry(
                        new ZipEntry(sequence.getParent().relativize(file).toString()));
                Files.copy(file, archive);
            }
        }
        for (Path source : List.of(sequence, sequence.getParent(), zip)) {
            Path target = temp.resolve("out-" + source.getFileName());
            ImportReport report = ImportTrial.run(new TumImporter(), source, target, options(), ImportPolicy.STRICT);
            assertThat(report.scenes())
                    .extracting(ImportReport.SceneEntry::name)
                    .containsExactly(SCENE);
            assertThat(report.frameCount()).isEqualTo(FRAMES);
        }
    }

    @Test
    void leavesOutFramesWithoutDepthOrPoseInTime() throws IOException {
        replace("depth.txt", TumWriter.stamp(1, 0.004) + " ", TumWriter.stamp(1, 0.0169) + " ");
        replace("depth.txt", TumWriter.stamp(3, 0.004) + " ", TumWriter.stamp(9, 0.004) + " ");
        replace("groundtruth.txt", "(?m)^(" + stampsOf(0) + ").*\n", "");
        ImportReport report = run(ImportPolicy.STRICT);
        assertThat(report.leftOutLines())
                .containsExactly(
                        SCENE + ", frame " + TumWriter.stamp(0, 0) + ": there is no pose within 20 ms of it",
                        SCENE + ", frame " + TumWriter.stamp(3, 0) + ": there is no depth image within 20 ms of it");
    }

    @Test
    void refusesOrLeavesOutAQuaternionThatIsNone() throws IOException {
        String stamp = TumWriter.stamp(2, 0.001);
        replace("groundtruth.txt", "(?m)^" + stamp + " (\\S+ \\S+ \\S+) .*$", stamp + " $1 1 1 1 1");
        assertRefused("groundtruth.txt", "length 2.0, expected 1");
        assertThat(run(ImportPolicy.STRICT.on(OnError.SKIP)).leftOutLines()).hasSize(1);
    }

    @Test
    void refusesOrLeavesOutANaNPose() throws IOException {
        String stamp = TumWriter.stamp(2, 0.001);
        replace("groundtruth.txt", "(?m)^" + stamp + " \\S+", stamp + " nan");
        assertRefused("the pose is not finite");
        assertThat(run(ImportPolicy.STRICT.on(OnError.SKIP)).leftOutLines()).hasSize(1);
    }

    @Test
    void refusesOrLeavesOutDepthOf8Bits() throws IOException {
        PlainFiles.bytes(
                sequence.resolve("depth/" + TumWriter.stamp(1, 0.004) + ".png"),
                new byte[ImportTrial.SIZE.pixels()],
                ImportTrial.SIZE);
        assertRefused(TumWriter.stamp(1, 0.004) + ".png", "8 bits a pixel");
        assertThat(run(ImportPolicy.STRICT.on(OnError.SKIP)).leftOutLines()).hasSize(1);
    }

    @Test
    void refusesALineThatIsNone() throws IOException {
        Files.writeString(sequence.resolve("depth.txt"), "1305031102.1\n");
        assertRefused("depth.txt", "'1305031102.1' is not a time in seconds and 1 word");
    }

    @Test
    void refusesAnImageThatLiesOutside() throws IOException {
        Files.copy(sequence.resolve("rgb/" + TumWriter.stamp(1, 0) + ".png"), temp.resolve("secret.png"));
        replace("rgb.txt", "rgb/" + TumWriter.stamp(1, 0) + ".png", "../../secret.png");
        assertRefused("leads outside");
    }

    @Test
    void takesTheBenchmarksCameraForItsSizeAloneAndElseAsksForOne() throws IOException {
        assertThatThrownBy(() -> ImportTrial.run(new TumImporter(), sequence, out))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("160 x 120")
                .hasMessageContaining("--camera");
        ImageSize full = new ImageSize(640, 480);
        PlainFiles.color(sequence.resolve("rgb/" + TumWriter.stamp(0, 0) + ".png"), new byte[3 * full.pixels()], full);
        ImportTrial.run(
                new TumImporter(), sequence, out, SourceOptions.NONE, new ImportPolicy(OnError.FAIL, 1, 1, false));
        assertThat(ImportTrial.open(out, SCENE).read(0).frame().intrinsics().fx())
                .isEqualTo(525.0 / 4);
    }

    private static String stampsOf(int frame) {
        return String.join(
                "|", TumWriter.stamp(frame, -0.009), TumWriter.stamp(frame, 0.001), TumWriter.stamp(frame, 0.010));
    }

    private void replace(String file, String pattern, String replacement) throws IOException {
        String text = Files.readString(sequence.resolve(file));
        String changed = text.replaceAll(pattern, replacement);
        assertThat(changed).isNotEqualTo(text);
        Files.writeString(sequence.resolve(file), changed);
    }

    private ImportReport run(ImportPolicy policy) throws IOException {
        return ImportTrial.run(new TumImporter(), sequence, out, options(), policy);
    }

    private static SourceOptions options() {
        return SourceOptions.NONE.withCamera(room.getFirst().frame().intrinsics());
    }

    private void assertRefused(String... details) {
        assertThatThrownBy(() -> run(ImportPolicy.STRICT))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .contains(details);
    }
}
