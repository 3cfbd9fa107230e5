package io.viewal.worker.dataset.importer.matterport;

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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatterportImporterTest {

    private static final String HOUSE = "1pXnuDYAj8r";

    private static List<SourceFrame> front;
    private static List<SourceFrame> back;

    @TempDir
    Path temp;

    private Path house;
    private Path out;

    /** Two rooms, whose cameras differ, make a house of two cameras. */
    @BeforeAll
    static void render() throws IOException {
        front = ImportTrial.room(4, 7);
        back = ImportTrial.room(3, 8);
    }

    @BeforeEach
    void write() throws IOException {
        house = temp.resolve("scans").resolve(HOUSE);
        out = temp.resolve("out");
        StringBuilder config = new StringBuilder("dataset matterport\nn_images 7\n\n"
                + "depth_directory undistorted_depth_images\ncolor_directory undistorted_color_images\n");
        camera(config, front, 0, 0);
        camera(config, back, 1, 50);
        Files.createDirectories(house.resolve("undistorted_camera_parameters"));
        Files.writeString(config(), config);
    }

    /** By the data set's own description: OpenGL's axes, rows counted from the bottom, 0.25 mm, ids from 1. */
    private void camera(StringBuilder config, List<SourceFrame> frames, int camera, double apart) throws IOException {
        var k = frames.getFirst().frame().intrinsics();
        config.append("\nintrinsics_matrix %s 0 %s  0 %s %s 0 0 1\n"
                .formatted(k.fx(), k.cx(), k.fy(), ImportTrial.SIZE.height() - 1 - k.cy()));
        for (int i = 0; i < frames.size(); i++) {
            SourceFrame frame = frames.get(i);
            String name = "a%d_i%d_%d".formatted(i, camera, i);
            String depth = "a%d_d%d_%d".formatted(i, camera, i);
            double[] m = frame.frame().pose().matrix();
            config.append("scan ").append(depth).append(".png ").append(name).append(".jpg");
            for (int j = 0; j < 16; j++) {
                boolean turned = j < 12 && (j % 4 == 1 || j % 4 == 2);
                config.append(' ').append((turned ? -m[j] : m[j]) + (j == 3 ? apart : 0));
            }
            config.append('\n');
            PlainFiles.color(
                    house.resolve("undistorted_color_images/" + name + ".jpg"), frame.color(), ImportTrial.SIZE);
            PlainFiles.numbers(
                    house.resolve("undistorted_depth_images/" + depth + ".png"),
                    PlainFiles.units(frame.depth(), 4000),
                    ImportTrial.SIZE);
            byte[] ids = frame.labels().clone();
            for (int p = 0; p < ids.length; p++) {
                ids[p] = (byte) (ids[p] == (byte) 255 ? 41 : ids[p] + 1);
            }
            PlainFiles.bytes(house.resolve("labels/" + name + ".png"), ids, ImportTrial.SIZE);
        }
    }

    @Test
    void givesBackPosesDepthLabelsAndBothCamerasOfTheHouse() throws IOException {
        ImportReport report = run(ImportPolicy.STRICT);
        assertThat(report.frameCount()).isEqualTo(7);
        SourceScene scene = ImportTrial.open(out, HOUSE);
        for (int i = 0; i < 4; i++) {
            SourceFrame frame = scene.read(scene.frameNames().indexOf("a%d_i0_%d".formatted(i, i)));
            ImportTrial.assertSame(frame, front.get(i), 1e-9, 0.5 / 4000);
        }
        SourceFrame other = scene.read(scene.frameNames().indexOf("a2_i1_2"));
        assertThat(other.frame().intrinsics())
                .isNotEqualTo(front.getFirst().frame().intrinsics());
        assertThat(other.frame().intrinsics().cy())
                .isCloseTo(back.get(2).frame().intrinsics().cy(), org.assertj.core.api.Assertions.within(1e-9));
        assertThat(other.labels()).isEqualTo(back.get(2).labels());
        ImportTrial.assertViewsAgree(out);
    }

    @Test
    void worksWithoutLabels() throws IOException {
        Files.move(house.resolve("labels"), temp.resolve("labels"));
        run(ImportPolicy.STRICT);
        assertThat(ImportTrial.open(out, HOUSE).hasLabels(0)).isFalse();
    }

    @Test
    void refusesOrLeavesOutLabelsThatMpcat40DoesNotHave() throws IOException {
        byte[] ids = new byte[ImportTrial.SIZE.pixels()];
        ids[99] = 42;
        PlainFiles.bytes(house.resolve("labels/a1_i0_1.png"), ids, ImportTrial.SIZE);
        assertRefused("labels/a1_i0_1.png", "label id 42");
        assertLeftOut("a1_i0_1", "label id 42");
    }

    @Test
    void refusesOrLeavesOutDepthOf8Bits() throws IOException {
        PlainFiles.bytes(
                house.resolve("undistorted_depth_images/a1_d0_1.png"),
                new byte[ImportTrial.SIZE.pixels()],
                ImportTrial.SIZE);
        assertRefused("a1_d0_1.png", "8 bits a pixel");
        assertLeftOut("a1_i0_1", "8 bits a pixel");
    }

    @Test
    void refusesOrLeavesOutAPoseThatIsNoNumberOrNotFinite() throws IOException {
        edit("(?m)^(scan a1_d0_1.png \\S+) \\S+", "$1 nan");
        assertRefused("a1_i0_1", "not finite");
        assertLeftOut("a1_i0_1", "not finite");
        edit("(?m)^(scan a1_d0_1.png \\S+) \\S+", "$1 x");
        assertRefused("a1_i0_1", ".conf", "\"x\"");
    }

    @Test
    void refusesOrLeavesOutAnImageThatLiesOutside() throws IOException {
        edit("a1_d0_1.png", "../../../secret.png");
        Files.write(temp.resolve("secret.png"), new byte[10]);
        assertRefused("a1_i0_1", "leads outside");
        assertLeftOut("a1_i0_1", "leads outside");
    }

    @Test
    void refusesOrLeavesOutTheSecondOfTwoImagesOfOneName() throws IOException {
        edit("a1_i0_1.jpg", "a0_i0_0.jpg");
        assertRefused("a0_i0_0", "two frames have this name");
        assertThat(run(ImportPolicy.STRICT.on(OnError.SKIP)).frameCount()).isEqualTo(6);
    }

    @Test
    void refusesLinesThatAreCutOff() throws IOException {
        String text = Files.readString(config());
        Files.writeString(config(), text.substring(0, text.length() - 40));
        assertRefused(".conf", "expected 19 words");
        Files.writeString(config(), text.replaceAll("intrinsics_matrix.*\n", ""));
        assertRefused(".conf", "a scan before the first intrinsics_matrix");
        Files.writeString(config(), text.replaceFirst("intrinsics_matrix \\S+", "intrinsics_matrix -5"));
        assertRefused(".conf", "no intrinsics");
        Files.writeString(config(), "dataset matterport\n");
        assertRefused(".conf", "no line 'scan");
    }

    @Test
    void refusesAFolderWithoutHouses() {
        assertThatThrownBy(() -> ImportTrial.run(new MatterportImporter(), out.getParent(), out))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("undistorted_camera_parameters/{scene}.conf");
    }

    private Path config() {
        return house.resolve("undistorted_camera_parameters/" + HOUSE + ".conf");
    }

    private void edit(String pattern, String replacement) throws IOException {
        String text = Files.readString(config());
        String changed = text.replaceAll(pattern, replacement);
        assertThat(changed).isNotEqualTo(text);
        Files.writeString(config(), changed);
    }

    private ImportReport run(ImportPolicy policy) throws IOException {
        return ImportTrial.run(new MatterportImporter(), house.getParent(), out, SourceOptions.NONE, policy);
    }

    private void assertRefused(String... details) {
        assertThatThrownBy(() -> run(ImportPolicy.STRICT))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .contains(details);
    }

    /** The report is what is looked at: what was imported before is cleared away. */
    private void assertLeftOut(String frame, String reason) throws IOException {
        Path other = Files.createTempDirectory(temp, "skip");
        ImportReport report = ImportTrial.run(
                new MatterportImporter(),
                house.getParent(),
                other,
                SourceOptions.NONE,
                ImportPolicy.STRICT.on(OnError.SKIP));
        assertThat(report.frameCount()).isEqualTo(6);
        assertThat(report.leftOutLines()).singleElement().asString().contains(frame, reason);
    }
}
