package io.viewal.worker.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.viewal.worker.dataset.ImageSize;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class OutlinePathTest {

    private static final ImageSize SIZE = new ImageSize(4, 4);

    private static String outline(String rows) {
        BitSet pixels = new BitSet();
        String flat = rows.replace("\n", "");
        for (int i = 0; i < flat.length(); i++) {
            pixels.set(i, flat.charAt(i) == '#');
        }
        return OutlinePath.of(pixels, SIZE);
    }

    @Test
    void aPixelIsASquareAndCornersAreWhereTheBorderTurns() {
        assertThat(outline("....\n.#..\n....\n....")).isEqualTo("M1 1h1v1h-1v-1z");
        assertThat(outline("##..\n#...\n....\n....")).isEqualTo("M0 0h2v1h-1v1h-1v-2z");
    }

    @Test
    void pixelsThatTouchAtACornerHaveABorderEach() {
        assertThat(outline("#...\n.#..\n....\n....")).isEqualTo("M0 0h1v1h-1v-1zM1 1h1v1h-1v-1z");
    }

    @Test
    void aHoleIsALoopOfItsOwnTheOtherWayRound() {
        assertThat(outline("###.\n#.#.\n###.\n....")).isEqualTo("M0 0h3v3h-3v-3zM1 2h1v-1h-1v1z");
    }

    @Test
    void nothingHasNoBorder() {
        assertThat(outline("....\n....\n....\n....")).isEmpty();
    }
}
