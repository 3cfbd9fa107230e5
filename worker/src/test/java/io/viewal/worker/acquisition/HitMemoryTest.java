package io.viewal.worker.acquisition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HitMemoryTest {

    /** Longer than a chunk, as long as what is left of one, and longer than the chunk that was there before. */
    private static final int[] LENGTHS = {700_000, 348_576, 3, 9_000_000, 0, 600_000};

    @Test
    void runsDoNotOverlapUntilTheyAreGivenAnew() {
        HitMemory memory = new HitMemory(1 << 20);
        fill(memory, LENGTHS);
        for (int pass = 0; pass < 2; pass++) {
            memory.reuse();
            fill(memory, new int[] {9_000_000, 1, 700_000, 5_000_000});
            memory.reuse();
            fill(memory, LENGTHS);
        }
    }

    @Test
    void memoryIsUsedAgain() {
        HitMemory memory = new HitMemory(1 << 20);
        int[] first = memory.take(10).array();
        memory.reuse();
        assertThat(memory.take(20).array()).isSameAs(first);
    }

    @Test
    void whatIsLeftOverCountsAsUsed() {
        HitMemory memory = new HitMemory(100);
        memory.take(60);
        assertThat(memory.used()).isEqualTo(60);
        memory.take(50);
        assertThat(memory.used()).isEqualTo(150);
        memory.take(300);
        assertThat(memory.used()).isEqualTo(500);
        memory.reuse();
        assertThat(memory.used()).isZero();
    }

    /** Writes its number into each run, and reads them when all are written. */
    private static void fill(HitMemory memory, int[] lengths) {
        List<HitMemory.Run> runs = new ArrayList<>();
        for (int i = 0; i < lengths.length; i++) {
            HitMemory.Run run = memory.take(lengths[i]);
            Arrays.fill(run.array(), run.from(), run.from() + lengths[i], i);
            runs.add(run);
        }
        for (int i = 0; i < lengths.length; i++) {
            HitMemory.Run run = runs.get(i);
            int number = i;
            assertThat(Arrays.stream(run.array(), run.from(), run.from() + lengths[i]))
                    .allMatch(found -> found == number);
        }
    }
}
