package io.viewal.worker.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegionTest {

    private static final ImageSize SIZE = new ImageSize(4, 3);
    private static final char[] SUPERPIXELS = {0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 2, 2};

    @Test
    void aWholeFrameIsMinusOneAndAllPixels() {
        assertThat(Region.parse("-1")).isEqualTo(Region.WHOLE_FRAME).hasToString("-1");
        assertThat(Region.WHOLE_FRAME.pixels(SUPERPIXELS, SIZE).cardinality()).isEqualTo(12);
    }

    @Test
    void aSuperpixelIsItsIdAndTheMapSaysWhereItIs() {
        assertThat(Region.parse("1").pixels(SUPERPIXELS, SIZE).stream()).containsExactly(2, 3, 6, 7);
        assertThat(Region.parse("9").pixels(SUPERPIXELS, SIZE).isEmpty()).isTrue();
    }

    @Test
    void aWindowIsItsSizeAndItsCornerAndEndsWithTheFrame() {
        assertThat(Region.parse("2x2+1+1")).isEqualTo(new Region.Window(1, 1, 2, 2));
        assertThat(Region.parse("2x2+1+1").pixels(SUPERPIXELS, SIZE).stream()).containsExactly(5, 6, 9, 10);
        assertThat(Region.parse("9x9+3+2").pixels(SUPERPIXELS, SIZE).stream()).containsExactly(11);
        assertThat(Region.parse("9x9+4+0").pixels(SUPERPIXELS, SIZE).isEmpty()).isTrue();
    }

    @Property
    void windowsAreReadBackAsTheyAreWritten(
            @ForAll @IntRange(max = 99_999) int column,
            @ForAll @IntRange(max = 99_999) int row,
            @ForAll @IntRange(min = 1, max = 99_999) int width,
            @ForAll @IntRange(min = 1, max = 99_999) int height) {
        Region window = new Region.Window(column, row, width, height);
        assertThat(Region.parse(window.toString())).isEqualTo(window);
    }

    @Property
    void superpixelsAreReadBackAsTheyAreWritten(@ForAll @IntRange(max = 65_535) int id) {
        assertThat(Region.parse(Integer.toString(id))).isEqualTo(new Region.Superpixel(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-2", "1.0", "x", "65x65", "0x5+0+0", "65x65+-1+0", " 1"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Region.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is no region");
    }
}
