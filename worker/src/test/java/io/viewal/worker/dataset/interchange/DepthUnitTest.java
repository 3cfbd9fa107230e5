package io.viewal.worker.dataset.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DepthUnitTest {

    @Test
    void everyMillimetreIsTheNearestFloat() {
        DepthUnit unit = new DepthUnit(0.001);
        for (int mm = 0; mm <= 0xffff; mm++) {
            assertThat(unit.metres(mm)).isEqualTo(Float.parseFloat(mm + "e-3"));
        }
    }

    @Test
    void readsQuarterMillimetresAndOddScales() {
        assertThat(new DepthUnit(0.00025).metres(4000)).isEqualTo(1f);
        assertThat(new DepthUnit(2).metres(3)).isEqualTo(6f);
        assertThat(new DepthUnit(0.0123).metres(100)).isEqualTo(1.23f);
    }
}
