package io.viewal.worker.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rows keep of probabilities. */
class ProbabilityLayoutTest {

    /** Of a probability and the floor. */
    private static final double KEPT = 0.3 * 0x1p-19;

    @Property
    void everyProbabilityIsKeptButForLittle(@ForAll @FloatRange(min = 0, max = 1.01f) float p) {
        keptAmongOthers(p, 40, 17);
    }

    @Property
    void thoseNearZeroAsWell(@ForAll @IntRange(min = 0, max = 149) int exponent, @ForAll long seed) {
        keptAmongOthers(Math.scalb(1 + new Random(seed).nextFloat(), -exponent - 1), 40, 39);
    }

    @Property(tries = 200)
    void aRowIsWhatWasPutIntoIt(@ForAll @IntRange(min = 1, max = 200) int classes, @ForAll long seed) {
        ProbabilityLayout layout = ProbabilityLayout.of(classes);
        Random random = new Random(seed);
        float[][] p = new float[3][classes];
        byte[] rows = rows(layout, p.length);
        for (int row = 0; row < p.length; row++) {
            for (int c = 0; c < classes; c++) {
                p[row][c] = random.nextFloat();
                layout.put(rows, row, c, p[row][c]);
            }
        }
        for (int row = 0; row < p.length; row++) {
            for (int c = 0; c < classes; c++) {
                assertThat(layout.get(MemorySegment.ofArray(rows), row, c)).isCloseTo(p[row][c], Offset.offset(1e-6f));
            }
        }
    }

    @Test
    void zeroAndOneAreKeptAsTheyAre() {
        ProbabilityLayout layout = ProbabilityLayout.of(2);
        byte[] rows = rows(layout, 1);
        layout.put(rows, 0, 1, 1);
        layout.put(rows, 0, 0, 0);
        assertThat(layout.get(MemorySegment.ofArray(rows), 0, 0)).isZero();
        assertThat(layout.get(MemorySegment.ofArray(rows), 0, 1)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"40, 128", "13, 64", "21, 78", "1, 28", "150, 512"})
    void aRowHasLinesOfItsOwnWhenItFillsThreeQuarters(int classes, int bytes) {
        assertThat(ProbabilityLayout.of(classes).rowBytes()).isEqualTo(bytes);
    }

    private static void keptAmongOthers(float p, int classes, int c) {
        ProbabilityLayout layout = ProbabilityLayout.of(classes);
        byte[] rows = rows(layout, 2);
        for (int other = 0; other < classes; other++) {
            layout.put(rows, 1, other, other == c ? p : 0.7f);
        }
        double kept = layout.get(MemorySegment.ofArray(rows), 1, c);
        double least = 0x1p-24 * (p + Consensus.DIVERGENCE_FLOOR);
        assertThat(kept).isCloseTo(p, Offset.offset(KEPT * (p + Consensus.DIVERGENCE_FLOOR) + 2 * least));
    }

    private static byte[] rows(ProbabilityLayout layout, int count) {
        return new byte[count * layout.rowBytes() + ProbabilityLayout.MARGIN];
    }
}
