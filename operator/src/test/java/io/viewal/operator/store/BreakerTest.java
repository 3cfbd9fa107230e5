package io.viewal.operator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.operator.condition.Reason;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class BreakerTest {

    private final Breaker breaker = new Breaker("http://store", Clock.systemUTC());

    @Test
    void aStoreThatHangsLeavesThreadsForOthers() throws InterruptedException {
        CountDownLatch hanging = new CountDownLatch(Breaker.QUESTIONS);
        CountDownLatch answer = new CountDownLatch(1);
        try (ExecutorService rounds = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < Breaker.QUESTIONS; round++) {
                rounds.execute(() -> breaker.ask(() -> {
                    hanging.countDown();
                    return awaited(answer);
                }));
            }
            hanging.await();
            assertThatThrownBy(() -> breaker.ask(() -> "asked"))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.StoreUnavailable))
                    .hasMessageContaining("http://store has not answered 25 questions");
            answer.countDown();
        }
        assertThat(breaker.ask(() -> "asked")).isEqualTo("asked");
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aRefusalIsAnAnswer() {
        StoreException refused = new StoreException(Reason.StoreAccessDenied, "no");
        for (int turn = 0; turn < 5; turn++) {
            assertThatThrownBy(() -> breaker.ask(() -> {
                        throw refused;
                    }))
                    .isSameAs(refused);
        }
    }
}
