package io.viewal.worker.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassPixelsTest {

    private static final List<String> CLASSES = List.of("floor", "wall");

    @Test
    void aFrameCountsAsLabeledWhenAPixelIs() {
        ClassPixels pixels = new ClassPixels();
        assertThat(pixels.add(new byte[] {-1, -1})).isFalse();
        assertThat(pixels.add(new byte[] {-1, 1})).isTrue();
        assertThat(pixels.counts()).containsOnlyKeys(1, 255).containsEntry(255, 3L);
    }

    @Test
    void saysWhatIsOdd() {
        ClassPixels good = new ClassPixels();
        good.add(new byte[] {0, 1, 1, -1});
        assertThat(good.notes(CLASSES)).isEmpty();
        ClassPixels mask = new ClassPixels();
        mask.add(new byte[] {0, -1, -1});
        assertThat(mask.notes(CLASSES))
                .containsExactly(
                        "the class 'wall' never occurs",
                        "label maps have only 0 and 255, and 255 is void: write the class's id in place of 255 in masks of"
                                + " one object",
                        "67% of the pixels of label maps are void");
        assertThat(new ClassPixels().notes(CLASSES)).isEmpty();
    }
}
