package io.viewal.worker.dataset.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class SceneCheckTest {

    @TempDir
    static Path temp;

    @TestFactory
    List<DynamicTest> namesWhatIsWrongWithADamagedRoom() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (long seed : new long[] {11, 12}) {
            Path room = SceneFolders.synthetic(temp, 12, seed);
            for (Damage damage : Damage.values()) {
                Path copy = temp.resolve("damaged").resolve(seed + "-" + damage);
                tests.add(dynamicTest("room " + seed + " " + damage, () -> {
                    SceneFinding finding = SceneFolders.check(damage.apply(SceneFolders.copy(room, copy)));
                    assertThat(finding.fault()).as(finding.sentence()).isEqualTo(damage.fault());
                    assertThat(finding.fix()).contains(damage.fix());
                    assertThat(finding.sentence()).contains(finding.scene(), finding.problem(), finding.fix());
                }));
            }
        }
        return tests;
    }

    @TestFactory
    List<DynamicTest> accusesNoGoodRoom() {
        List<DynamicTest> tests = new ArrayList<>();
        for (int seed = 100; seed < 116; seed++) {
            int s = seed;
            int frames = new int[] {4, 7, 10, 25}[seed % 4];
            tests.add(dynamicTest("room " + seed + " of " + frames + " frames", () -> {
                SceneFinding finding = SceneFolders.check(SceneFolders.synthetic(temp.resolve("good"), frames, s));
                assertThat(finding.fault()).as(finding.sentence()).isEqualTo(Fault.NONE);
                assertThat(finding.ok()).isTrue();
            }));
        }
        return tests;
    }

    @Test
    void takesAllFramesOfAShortSceneAndRunsOfALongOne() {
        assertThat(SceneViews.chosen(3)).containsExactly(0, 1, 2);
        assertThat(SceneViews.chosen(SceneViews.MOST)).hasSize(SceneViews.MOST);
        List<Integer> chosen = SceneViews.chosen(5000).boxed().toList();
        assertThat(chosen).hasSize(SceneViews.MOST).isSorted().doesNotHaveDuplicates();
        assertThat(chosen).startsWith(0, 1, 2).endsWith(4998, 4999);
    }

    @Test
    void checksALongSceneByRunsOfFrames() throws IOException {
        Path room = SceneFolders.synthetic(temp.resolve("long"), 60, 7);
        assertThat(SceneFolders.check(room).frames()).isEqualTo(SceneViews.MOST);
        assertThat(SceneFolders.check(room).fault()).isEqualTo(Fault.NONE);
        Path late = Damage.POSES_ONE_FRAME_LATE.apply(SceneFolders.copy(room, temp.resolve("long/late")));
        assertThat(SceneFolders.check(late).fault()).isEqualTo(Fault.TIME_OFFSET);
    }

    @Test
    void aSceneOfOneFrameHasTooFewOverlaps() throws IOException {
        SceneFinding finding = SceneFolders.check(SceneFolders.synthetic(temp.resolve("single"), 1, 7));
        assertThat(finding.fault()).isEqualTo(Fault.TOO_FEW_OVERLAPS);
        assertThat(finding.sentence()).contains("1 of 1 frames");
    }
}
