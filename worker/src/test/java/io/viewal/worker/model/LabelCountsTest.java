package io.viewal.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class LabelCountsTest {

    @Test
    void countsThePixelsOfEachClass() throws IOException {
        LabelCounts counts = LabelCounts.of("training", new StripedFrames(2, 0), StripedFrames.SIZE, 3);

        assertThat(counts.pixels()).containsOnly(2L * StripedFrames.SIZE.pixels() / 3);
        assertThat(counts.total()).isEqualTo(2L * StripedFrames.SIZE.pixels());
    }

    @Test
    void rareClassesWeighMoreButAtMostTwiceTheMedian() {
        float[] weights = new LabelCounts(new long[] {399, 99, 0}).balancedWeights();

        // 1/20, 1/10 and, capped at twice the median of 1/10, 2/10.
        assertThat(weights[0]).isCloseTo(1 / 7f, within(1e-6f));
        assertThat(weights[1]).isCloseTo(2 / 7f, within(1e-6f));
        assertThat(weights[2]).isCloseTo(4 / 7f, within(1e-6f));
    }
}
