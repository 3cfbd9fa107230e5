package io.viewal.worker.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.viewal.worker.artifact.Effort;
import io.viewal.worker.dataset.ImageSize;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds for the cost of any labels. */
class AnnotationCostPropertyTest {

    @Property(tries = 100)
    void theCostIsBoundedByTheAreas(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 1, max = 30) int height,
            @ForAll @IntRange(min = 1, max = 4) int classes) {
        Random random = new Random(seed);
        ImageSize size = new ImageSize(width, height);
        byte[] labels = new byte[size.pixels()];
        for (int pixel = 0; pixel < labels.length; pixel++) {
            boolean likeLeft = pixel % width > 0 && random.nextInt(5) > 0;
            labels[pixel] = likeLeft ? labels[pixel - 1] : (byte) random.nextInt(classes);
        }
        BitSet all = new BitSet();
        all.set(0, labels.length);
        Set<Byte> present = new HashSet<>();
        for (byte label : labels) {
            present.add(label);
        }
        Effort effort = AnnotationCost.drawing(labels, all, size);
        assertThat(effort.clicks()).isBetween(3L * present.size(), 3L * labels.length);
        assertThat(effort.seconds())
                .isCloseTo(effort.clicks() * AnnotationCost.SECONDS_A_CORNER, within(1e-9 * effort.seconds()));
        byte[] renamed = labels.clone();
        for (int pixel = 0; pixel < renamed.length; pixel++) {
            renamed[pixel] = (byte) (200 - labels[pixel]);
        }
        assertThat(AnnotationCost.drawing(renamed, all, size)).isEqualTo(effort);
        byte[] uniform = new byte[labels.length];
        Arrays.fill(uniform, (byte) 7);
        assertThat(AnnotationCost.drawing(uniform, all, size).clicks()).isIn(3L, 4L);
    }
}
