package io.viewal.worker.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfusionPictureTest {

    private static final List<String> CLASSES = List.of("wall", "floor & mat", "bed");

    @Test
    void normalisesEachRowByItsTruth() {
        String svg = ConfusionPicture.svg("Validation", CLASSES, new long[][] {{30, 10, 0}, {0, 500, 500}, {0, 0, 0}});

        assertThat(svg)
                .contains("wall taken for wall: 75.0 % (30 pixels)")
                .contains("wall taken for floor &amp; mat: 25.0 % (10 pixels)")
                .contains("floor &amp; mat taken for bed: 50.0 % (500 pixels)")
                .contains("100 % of the class")
                .doesNotContain("bed taken for")
                .doesNotContain("NaN");
    }

    @Test
    void writesSharesIntoTheCellsOfFewClassesOnly() {
        List<String> many = IntStream.range(0, 40).mapToObj(i -> "c" + i).toList();
        long[][] pixels = new long[40][40];
        pixels[39][39] = 8;

        assertThat(ConfusionPicture.svg("Test", many, pixels))
                .contains("c39 taken for c39: 100.0 %")
                .doesNotContain(">100</text>");
        assertThat(ConfusionPicture.svg("Test", CLASSES, new long[][] {{8, 0, 0}, {0, 0, 0}, {0, 0, 0}}))
                .contains(">100</text>");
    }

    @Test
    void refusesMatricesOfOtherClasses() {
        assertThatThrownBy(() -> ConfusionPicture.svg("Test", CLASSES, new long[2][2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 rows for 3 classes");
    }
}
