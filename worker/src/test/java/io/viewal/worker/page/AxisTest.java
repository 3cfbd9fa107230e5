package io.viewal.worker.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class AxisTest {

    private static Axis axis(double... values) {
        return Axis.of(DoubleStream.of(values), 5);
    }

    @Test
    void ticksAreOneTwoOrFiveTimesAPowerOfTen() {
        assertThat(axis(0.3, 0.51)).isEqualTo(new Axis(0.30000000000000004, 0.55, 0.05));
        assertThat(axis(3, 97)).isEqualTo(new Axis(0, 100, 20));
        assertThat(axis(12_000, 47_000).ticks()).containsExactly(10_000.0, 20_000.0, 30_000.0, 40_000.0, 50_000.0);
    }

    @Test
    void wholeValuesHaveWholeSteps() {
        assertThat(axis(0, 1, 2).ticks()).containsExactly(0.0, 1.0, 2.0);
        assertThat(axis(1)).isEqualTo(new Axis(1, 2, 1));
        assertThat(axis(0, 0.5, 2).step()).isEqualTo(0.5);
    }

    @Test
    void labelsHaveTheDecimalsThatTicksNeed() {
        assertThat(axis(0, 0.02).label(0.015)).isEqualTo("0.015");
        assertThat(axis(-1, 1).label(-0.0)).isEqualTo("0");
        assertThat(axis(12_000, 47_000).label(10_000)).isEqualTo("10,000");
    }

    @Test
    void valuesThatAreNotKnownArePassedOver() {
        assertThat(axis(Double.NaN, 2, 4)).isEqualTo(axis(2, 4));
        assertThat(axis().place(0.5)).isCloseTo(0.5, within(1e-12));
    }
}
