package io.viewal.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpochOrderTest {

    @Test
    void everyEpochTakesEveryFrameInAnOrderOfItsOwn() {
        EpochOrder order = new EpochOrder(12, 4, 3);

        int[] first = epoch(order, 0);
        int[] second = epoch(order, 1);

        assertThat(first).containsExactlyInAnyOrder(IntStream.range(0, 12).toArray());
        assertThat(second).containsExactlyInAnyOrder(IntStream.range(0, 12).toArray());
        assertThat(first).isNotEqualTo(second);
        assertThat(epoch(new EpochOrder(12, 4, 4), 0)).isNotEqualTo(first);
    }

    @Test
    void lastBatchIsFilledFromTheEpochsStart() {
        EpochOrder order = new EpochOrder(5, 3, 3);

        assertThat(order.iterationsPerEpoch()).isEqualTo(2);
        assertThat(order.batch(1)[2]).isEqualTo(order.batch(0)[0]);
    }

    @Test
    void oneFrameFillsTheBatch() {
        assertThat(new EpochOrder(1, 3, 0).batch(7)).containsOnly(0).hasSize(3);
    }

    private static int[] epoch(EpochOrder order, int epoch) {
        int from = epoch * order.iterationsPerEpoch();
        return IntStream.range(from, from + order.iterationsPerEpoch())
                .mapToObj(order::batch)
                .flatMapToInt(Arrays::stream)
                .toArray();
    }
}
