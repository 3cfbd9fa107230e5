package io.viewal.worker.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DepthRangeTest {

    @Test
    void tellsDepthsOfAnySizeAndLeavesUnknownOnesOut() {
        DepthRange range = new DepthRange();
        range.add(new float[] {0, Float.NaN, -1, 0.002f, 30, 5000});
        range.add(new char[] {0, 30000}, 0.001);
        assertThat(range.known()).isEqualTo(4);
        assertThat(range.percentile(0).orElseThrow()).isCloseTo(0.002, within(2e-5));
        assertThat(range.percentile(0.5).orElseThrow()).isCloseTo(30, within(0.3));
        assertThat(range.percentile(1).orElseThrow()).isCloseTo(5000, within(40.0));
        assertThat(new DepthRange().percentile(0.5)).isEmpty();
    }

    @Test
    void refusesAMedianWhereNoCameraMeasures() {
        for (float metres : new float[] {0.05f, 150}) {
            DepthRange range = new DepthRange();
            range.add(new float[] {metres});
            assertThatThrownBy(range::requirePlausible).hasMessageContaining("0.1 to 100 m");
        }
        assertThatCode(() -> new DepthRange().requirePlausible()).doesNotThrowAnyException();
    }
}
