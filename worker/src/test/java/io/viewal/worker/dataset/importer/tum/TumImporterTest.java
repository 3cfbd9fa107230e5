package io.viewal.worker.dataset.importer.tum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
    void takesTheUnitOfDepthThatIsGiven() throws IOException {
        ImportTrial.run(new TumImporter(), sequence, out, options().withDepthUnit(0.0004), ImportPolicy.STRICT);
        float[] depth = ImportTrial.open(out, SCENE).read(0).depth();
        float[] expected = room.getFirst().depth();
        for (int p = 0; p < expected.length; p++) {
            assertThat(depth[p]).isCloseTo(2 * expected[p], within(1e-3f));
        }
    }

    @Test
    void readsIclNuimsListsAndItsCameraWhoseAxisPointsUp() throws IOException {
        StringBuilder pairs = new StringBuilder();
        StringBuilder poses = new StringBuilder();
        List<String> trajectory = Files.readAllLines(sequence.resolve("groundtruth.txt"));
        for (int i = 0; i < FRAMES; i++) {
            String stamp = TumWriter.stamp(i, 0);
            pairs.append("%d depth/%s.png %d rgb/%s.png%n".formatted(i, TumWriter.stamp(i, 0.004), i, stamp));
            String time = TumWriter.stamp(i, 0.001);
            String pose = trajectory.stream()
                    .filter(line -> line.startsWith(time))
                    .findFirst()
                    .orElseThrow();
            poses.append(pose.replace(time, String.valueOf(i))).append('\n');
        }
        for (String list : List.of("rgb.txt", "depth.txt", "groundtruth.txt")) {
            Files.delete(sequence.resolve(list));
        }
        Files.writeString(sequence.resolve("associations.txt"), pairs);
        Files.writeString(sequence.resolve("livingRoom0.gt.freiburg"), poses);
        run(ImportPolicy.STRICT);
        SourceFrame down = ImportTrial.open(out, SCENE).read(1);
        assertThat(down.frame().pose().matrix())
                .containsExactly(room.get(1).frame().pose().matrix(), within(1e-6));
        Path other = temp.resolve("up");
        SourceOptions up = SourceOptions.NONE.withCamera(130, -130, 79.5, 59.5);
        ImportTrial.run(new TumImporter(), sequence, other, up, ImportPolicy.STRICT);
        double[] m = ImportTrial.open(other, SCENE).read(1).frame().pose().matrix();
        double[] d = down.frame().pose().matrix();
        // Both worlds' y axes are turned round.
        assertThat(new double[] {m[0], m[1], m[4], m[5], m[6], m[7]})
                .containsExactly(new double[] {d[0], -d[1], -d[4], d[5], -d[6], -d[7]}, within(1e-9));
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
