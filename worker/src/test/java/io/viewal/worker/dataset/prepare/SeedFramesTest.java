package io.viewal.worker.dataset.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.contract.PrepareParameters.SeedSet;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.DatasetManifest.FrameRef;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeedFramesTest {

    @Test
    void spreadsFramesOverTheScenes() {
        List<FrameRef> drawn = SeedFrames.draw(scenes(5, 20), new SeedSet(0, 10, 3));
        assertThat(drawn).hasSize(10).doesNotHaveDuplicates();
        for (int s = 0; s < 5; s++) {
            String scene = "s" + s;
            assertThat(drawn.stream().filter(f -> f.scene().equals(scene))).hasSize(2);
        }
    }

    @Test
    void drawsTheSameForOneSeedAndOthersForAnother() {
        List<FrameRef> drawn = SeedFrames.draw(scenes(3, 30), new SeedSet(0, 6, 3));
        assertThat(SeedFrames.draw(scenes(3, 30), new SeedSet(0, 6, 3))).isEqualTo(drawn);
        assertThat(SeedFrames.draw(scenes(3, 30), new SeedSet(0, 6, 4))).isNotEqualTo(drawn);
    }

    @Test
    void takesAShareOfTheFramesButAtLeastOne() {
        assertThat(SeedFrames.draw(scenes(4, 50), new SeedSet(0, 0, 1))).hasSize(3);
        assertThat(SeedFrames.draw(scenes(1, 5), new SeedSet(0, 0, 1))).hasSize(1);
        assertThat(SeedFrames.draw(scenes(4, 50), new SeedSet(0.5, 0, 1))).hasSize(100);
    }

    @Test
    void refusesMoreThanThereAre() {
        assertThatThrownBy(() -> SeedFrames.draw(scenes(2, 3), new SeedSet(0, 7, 1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("asks for 7 frames")
                .hasMessageContaining("has 6");
    }

    @Test
    void aTrainSplitWithoutLabelsHasNoSeedSet() {
        assertThat(SeedFrames.draw(scenes(2, 0), new SeedSet(0, 1, 1))).isEmpty();
    }

    private static Map<String, List<String>> scenes(int scenes, int frames) {
        Map<String, List<String>> labeled = new TreeMap<>();
        for (int s = 0; s < scenes; s++) {
            labeled.put(
                    "s" + s,
                    IntStream.range(0, frames).mapToObj("f%03d"::formatted).toList());
        }
        return labeled;
    }
}
