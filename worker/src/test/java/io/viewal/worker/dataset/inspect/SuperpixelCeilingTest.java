package io.viewal.worker.dataset.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SuperpixelCeilingTest {

    private static final byte VOID = (byte) 255;

    private final SuperpixelCeiling ceiling = new SuperpixelCeiling();

    @Test
    void isOneWhereSuperpixelsFollowTheLabels() {
        ceiling.add(new byte[] {4, 4, 7, 7}, new char[] {0, 0, 1, 2});
        assertThat(ceiling.meanIoU()).isEqualTo(1);
    }

    @Test
    void losesThePixelsOfTheSmallerClassOfASuperpixel() {
        // Superpixel 0 is given class 4: right in 2 of 3 pixels; superpixel 1 is given class 7: right in both.
        ceiling.add(new byte[] {4, 4, 7, 7, 7}, new char[] {0, 0, 0, 1, 1});
        assertThat(ceiling.meanIoU()).isCloseTo((2 / 3.0 + 2 / 3.0) / 2, within(1e-12));
    }

    @Test
    void countsAClassThatNoSuperpixelIsGivenAsLost() {
        ceiling.add(new byte[] {4, 4, 7}, new char[] {0, 0, 0});
        assertThat(ceiling.meanIoU()).isCloseTo((2 / 3.0 + 0) / 2, within(1e-12));
    }

    @Test
    void addsUpFramesAndLeavesOutVoid() {
        ceiling.add(new byte[] {4, VOID, VOID, VOID}, new char[] {0, 0, 0, 1});
        ceiling.add(new byte[] {7, 7}, new char[] {0, 0});
        assertThat(ceiling.meanIoU()).isEqualTo(1);
    }

    @Test
    void isNoNumberWithoutALabel() {
        ceiling.add(new byte[] {VOID}, new char[] {0});
        assertThat(ceiling.meanIoU()).isNaN();
    }
}
