package io.viewal.worker.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NameOrderTest {

    @Test
    void namesAreOrderedByTheirNumbers() {
        assertThat(Stream.of("f10", "f9", "a100", "f010", "f1_2", "f1_10", "f", "99999999999999999999", "100")
                        .sorted(NameOrder.BY_NUMBER))
                .containsExactly("100", "99999999999999999999", "a100", "f", "f1_2", "f1_10", "f9", "f010", "f10");
    }
}
