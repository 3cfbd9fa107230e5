package io.viewal.worker.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.viewal.worker.artifact.Effort;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class AnnotationCostTest {

    private static long clicks(String... rows) {
        Drawing drawing = Drawing.of(rows);
        return AnnotationCost.drawing(drawing.labels(), drawing.all(), drawing.size())
                .clicks();
    }

    @Test
    void namingARegionIsAClick() {
        assertThat(AnnotationCost.naming(1)).isEqualTo(new Effort(1, 2.4));
        assertThat(AnnotationCost.naming(0)).isEqualTo(Effort.NONE);
    }

    @Test
    void aRectangleHasFourCorners() {
        assertThat(clicks("00000", "00000", "00000")).isEqualTo(4);
    }

    @Test
    void everyAreaIsDrawnWhole() {
        assertThat(clicks("00001111", "00001111", "00001111", "00001111")).isEqualTo(8);
        assertThat(clicks("000...000", "000...000", "000...000")).isEqualTo(8);
    }

    @Test
    void anAngleHasSixCorners() {
        assertThat(clicks("0000....", "0000....", "0000....", "00000000", "00000000", "00000000", "00000000"))
                .isEqualTo(6);
    }

    @Test
    void stepsOfAPixelAreNoCorners() {
        assertThat(clicks("0......", "00.....", "000....", "0000...", "00000..", "000000.", "0000000"))
                .isEqualTo(3);
    }

    @Test
    void theSmallestAreaIsATriangle() {
        assertThat(clicks("...", ".0.", "...")).isEqualTo(3);
        assertThat(clicks("....", ".00.", "....")).isEqualTo(3);
    }

    @Test
    void aHoleIsDrawnOverAndNotDrawnByItself() {
        assertThat(clicks("000000", "000000", "00..00", "00..00", "000000", "000000"))
                .isEqualTo(4);
        assertThat(clicks("0000000", "0000000", "0011100", "0011100", "0011100", "0000000", "0000000"))
                .isEqualTo(8);
        // The area within the hole is of the class around it.
        assertThat(clicks(
                        "000000000",
                        "000000000",
                        "00.....00",
                        "00.....00",
                        "00..0..00",
                        "00.....00",
                        "00.....00",
                        "000000000",
                        "000000000"))
                .isEqualTo(7);
    }

    @Test
    void voidCostsNothing() {
        assertThat(clicks("...", "...")).isZero();
    }

    @Test
    void onlyWhatIsAskedForIsDrawn() {
        Drawing drawing = Drawing.of("00001111", "00001111", "00001111", "00001111");
        BitSet left = new BitSet();
        for (int row = 0; row < 4; row++) {
            left.set(row * 8, row * 8 + 4);
        }
        Effort effort = AnnotationCost.drawing(drawing.labels(), left, drawing.size());
        assertThat(effort.clicks()).isEqualTo(4);
        assertThat(effort.seconds()).isEqualTo(7.0);
        assertThat(AnnotationCost.drawing(drawing.labels(), new BitSet(), drawing.size()))
                .isEqualTo(Effort.NONE);
    }
}
