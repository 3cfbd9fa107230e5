package io.viewal.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.viewal.worker.dataset.ImageSize;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AugmentationTest {

    private static final ImageSize SIZE = new ImageSize(5, 3);

    @Test
    void flipsColoursAndLabelsTogether() {
        Set<Boolean> seen = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            byte[] labels = new byte[SIZE.pixels()];
            float[] rgb = new float[3 * SIZE.pixels()];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = (byte) (i % SIZE.width());
                rgb[3 * i] = 10 * labels[i];
            }
            new Augmentation(SIZE).apply(rgb, labels, new Random(Seeds.mix(seed)));
            boolean flipped = labels[0] != 0;
            seen.add(flipped);
            assertThat(rgb[0] > rgb[3 * (SIZE.width() - 1)]).isEqualTo(flipped);
            assertThat(labels[SIZE.width() - 1]).isEqualTo((byte) (flipped ? 0 : SIZE.width() - 1));
        }
        assertThat(seen).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void blurKeepsTheMeanAndSoftensEdges() {
        ImageSize size = new ImageSize(21, 21);
        Set<Boolean> seen = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            float[] rgb = new float[3 * size.pixels()];
            int middle = 3 * (10 * 21 + 10);
            rgb[middle] = 100;
            new Augmentation(size).apply(rgb, new byte[size.pixels()], new Random(Seeds.mix(seed)));
            float sum = 0;
            for (float value : rgb) {
                sum += value;
            }
            assertThat(sum).isCloseTo(100f, within(0.01f));
            assertThat(rgb[middle + 1]).as("green stays dark").isZero();
            seen.add(rgb[middle] < 99);
        }
        assertThat(seen).containsExactlyInAnyOrder(true, false);
    }
}
