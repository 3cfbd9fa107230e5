package io.viewal.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {

    private static final byte VOID = (byte) 255;

    @Test
    void metricsAreThoseCountedByHand() {
        ConfusionMatrix confusion = new ConfusionMatrix(4);
        // Class 0: 3 of 4 right, once taken for class 1. Class 1: 1 of 2 right. Class 2 only predicted. Class 3
        // nowhere.
        confusion.add(new byte[] {0, 0, 0, 0, 1, 1, VOID}, new byte[] {0, 0, 0, 1, 1, 2, 3});

        Metrics metrics = confusion.metrics();

        assertThat(metrics.accuracy()).isCloseTo(4.0 / 6, within(1e-12));
        assertThat(metrics.classAccuracy()).isCloseTo((3.0 / 4 + 1.0 / 2) / 2, within(1e-12));
        assertThat(metrics.classIoU()).containsExactly(3.0 / 4, 1.0 / 3, 0, Double.NaN);
        assertThat(metrics.meanIoU()).isCloseTo((3.0 / 4 + 1.0 / 3 + 0) / 3, within(1e-12));
        assertThat(metrics.frequencyWeightedIoU()).isCloseTo(4.0 / 6 * 3 / 4 + 2.0 / 6 / 3, within(1e-12));
        assertThat(confusion.count(0, 1)).isEqualTo(1);
    }

    @Test
    void countsOfFramesAdd() {
        ConfusionMatrix confusion = new ConfusionMatrix(2);
        confusion.add(new byte[] {0, 1}, new byte[] {0, 0});
        confusion.add(new byte[] {1, 1}, new byte[] {1, 0});

        assertThat(confusion.count(1, 0)).isEqualTo(2);
        assertThat(confusion.metrics().accuracy()).isEqualTo(0.5);
    }

    @Test
    void nothingLabeledHasNoMetrics() {
        ConfusionMatrix confusion = new ConfusionMatrix(2);
        confusion.add(new byte[] {VOID}, new byte[] {1});

        assertThat(confusion.metrics().accuracy()).isNaN();
        assertThat(confusion.metrics().meanIoU()).isNaN();
    }

    @Test
    void refusesFramesOfDifferentSizes() {
        ConfusionMatrix confusion = new ConfusionMatrix(2);
        assertThatThrownBy(() -> confusion.add(new byte[3], new byte[2])).isInstanceOf(IllegalArgumentException.class);
    }
}
