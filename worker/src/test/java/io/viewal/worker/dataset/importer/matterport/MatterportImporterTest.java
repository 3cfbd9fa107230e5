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
        MatterportWriter.write(house, front, back);
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
