package io.viewal.worker.dataset.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.viewal.worker.SharedData;
import io.viewal.worker.dataset.importer.ImportTrial;
import io.viewal.worker.dataset.importer.scannet.ScanNetFramesImporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Real scenes, as they are and damaged. */
class ScanNetCheckTest {

    @TempDir
    static Path temp;

    @BeforeAll
    static void importScenes() throws IOException {
        ImportTrial.run(new ScanNetFramesImporter(), SharedData.folder("scannet-sample"), temp.resolve("good"));
    }

    @Test
    void accusesNoRealScene() throws IOException {
        assertThat(SceneFolders.scenes(temp.resolve("good"))).hasSize(2).allSatisfy(scene -> {
            SceneFinding finding = SceneFolders.check(scene);
            assertThat(finding.fault()).as(finding.sentence()).isEqualTo(Fault.NONE);
        });
    }

    @TestFactory
    List<DynamicTest> namesWhatIsWrongWithADamagedScene() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path scene : SceneFolders.scenes(temp.resolve("good"))) {
            for (Damage damage : Damage.values()) {
                if (damage == Damage.POSES_FOUR_FRAMES_LATE && scene.endsWith("scene0007_00")) {
                    // Of its ten frames, two are left that can be compared after the correction.
                    continue;
                }
                Path copy = temp.resolve("damaged").resolve(scene.getFileName() + "-" + damage);
                tests.add(dynamicTest(scene.getFileName() + " " + damage, () -> {
                    SceneFinding finding = SceneFolders.check(damage.apply(SceneFolders.copy(scene, copy)));
                    assertThat(finding.fault()).as(finding.sentence()).isEqualTo(damage.fault());
                    assertThat(finding.fix()).contains(damage.fix());
                }));
            }
        }
        return tests;
    }
}
