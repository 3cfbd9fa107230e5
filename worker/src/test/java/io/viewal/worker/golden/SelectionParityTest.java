package io.viewal.worker.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.viewal.contract.SelectParameters.Budget;
import io.viewal.contract.SelectParameters.Unit;
import io.viewal.worker.kernel.ProjectionRule;
import io.viewal.worker.kernel.ProjectionRule.UnknownDepth;
import io.viewal.worker.kernel.VectorProjection;
import io.viewal.worker.npy.NpyFile;
import io.viewal.worker.selection.Candidate;
import io.viewal.worker.selection.Choices;
import io.viewal.worker.selection.DivergentViews;
import io.viewal.worker.selection.LabelingBudget;
import io.viewal.worker.selection.OverlapIndex;
import io.viewal.worker.selection.OverlapIndexBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Overlap and selection equal the published implementation's on real frames. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SelectionParityTest {

    private static final int SUPERPIXELS = 42;

    private Golden golden;

    @BeforeAll
    void findGolden() {
        golden = Golden.require();
    }

    private OverlapIndex overlap(String variant) throws IOException {
        ProjectionRule rule = switch (variant) {
            case "V0" -> new ProjectionRule(1.0, false, UnknownDepth.AT_THE_CAMERA);
            case "V1" -> new ProjectionRule(0.1, false, UnknownDepth.AT_THE_CAMERA);
            default -> new ProjectionRule(0.1, false, UnknownDepth.NO_POINT);
        };
        char[][] superpixels = new char[Golden.FRAMES][];
        for (int f = 0; f < Golden.FRAMES; f++) {
            superpixels[f] = golden.superpixels(f);
        }
        return OverlapIndexBuilder.build(golden.geometry(rule, new VectorProjection()), superpixels);
    }

    @Test
    void overlapEntriesEqualThePublishedOnes() throws IOException {
        OverlapIndex index = overlap("V2");
        NpyFile keys = golden.scene("overlap_V2_keys_i32");
        NpyFile values = golden.scene("overlap_V2_vals_f64");
        int equal = 0;
        int entries = keys.shape()[0];
        for (int i = 0; i < entries; i++) {
            int target = index.region((int) keys.get(i * 4L), (int) keys.get(i * 4L + 1));
            int source = index.region((int) keys.get(i * 4L + 2), (int) keys.get(i * 4L + 3));
            // One or two points of a pair may round to another pixel in single precision.
            assertThat(index.coverage(target, source))
                    .as("entry %d", i)
                    .isCloseTo(values.get(i), within(2.01 / index.pixels(target)));
            equal += Math.abs(index.coverage(target, source) - values.get(i)) < 1e-12 ? 1 : 0;
        }
        assertThat(index.entries()).isCloseTo(entries, within(entries / 500));
        assertThat(equal).as("exactly equal, of %d", entries).isGreaterThan(entries * 95 / 100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "V0_g7_A_pub", "V0_g7_A_fix", "V0_g7_B_pub", "V0_g7_B_fix",
                "V2_g7_A_pub", "V2_g7_A_fix", "V2_g7_B_pub", "V2_g7_B_fix"
            })
    void choosesThePublishedRegionsInTheirOrder(String name) throws IOException {
        String variant = name.substring(0, 2);
        String set = name.substring(6, 7);
        OverlapIndex overlap = overlap(variant);
        NpyFile entropy = golden.scene(variant + "_viewentropy_spxmean_" + set + "_f32");
        NpyFile divergence = golden.scene(variant + "_viewdivergence_spxmean_" + set + "_f32");
        BitSet labeled = new BitSet();
        labeled.set(0, SUPERPIXELS); // The first frame is labeled at the start.
        List<String> chosen = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            List<Candidate> candidates = new ArrayList<>();
            for (int region = 0; region < overlap.regions(); region++) {
                candidates.add(new Candidate(
                        0,
                        region,
                        overlap.pixels(region),
                        entropy.get(region),
                        divergence.get(region),
                        labeled.get(region)));
            }
            Choices.Options options = new Choices.Options(name.endsWith("pub"), 0.25, false, false);
            Choices choices = new Choices(candidates, List.of(overlap), List.of(), new BitSet(), options);
            LabelingBudget budget = new LabelingBudget(new Budget(2, Unit.Images), Golden.SIZE);
            for (int region : new DivergentViews().choose(choices, budget)) {
                chosen.add(round + "," + region / SUPERPIXELS + "," + region % SUPERPIXELS);
                labeled.set(region);
            }
        }
        assertThat(chosen).isEqualTo(expected(name));
    }

    private List<String> expected(String name) throws IOException {
        return Files.readAllLines(golden.file("selection/" + name + ".csv")).stream()
                .skip(1)
                .map(line -> line.split(","))
                .map(cells -> cells[0] + "," + cells[3] + "," + cells[4])
                .toList();
    }
}
