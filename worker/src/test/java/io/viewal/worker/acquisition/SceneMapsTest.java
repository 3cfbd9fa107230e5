package io.viewal.worker.acquisition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SceneMapsTest {

    static Stream<SceneMaps> kinds() {
        return Stream.of(new SceneMaps.InHeap(3, 5), new SceneMaps.InFile(3, 5));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aMapConsistsOfItsPieces(SceneMaps maps) {
        maps.put(1, 3, 2, new float[] {4, 5, 9}, new float[] {40, 50, 90});
        maps.put(1, 0, 3, new float[] {1, 2, 3}, new float[] {10, 20, 30});
        maps.put(2, 4, 1, new float[] {7}, new float[] {70});

        maps.pass(1, (frame, entropy, divergence) -> {
            assertThat(frame).isEqualTo(1);
            assertThat(entropy).containsExactly(1, 2, 3, 4, 5);
            assertThat(divergence).containsExactly(10, 20, 30, 40, 50);
        });
        maps.pass(2, (frame, entropy, divergence) -> {
            assertThat(entropy).containsExactly(0, 0, 0, 0, 7);
            assertThat(divergence).containsExactly(0, 0, 0, 0, 70);
        });
    }
}
