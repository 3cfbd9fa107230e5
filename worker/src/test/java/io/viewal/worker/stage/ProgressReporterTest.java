package io.viewal.worker.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.viewal.contract.ContractJson;
import io.viewal.contract.Owner;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.StageProgress;
import io.viewal.contract.StageRequest;
import io.viewal.contract.StoreLocation;
import io.viewal.worker.store.ObjectStore;
import io.viewal.worker.store.StoreUnavailableException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ProgressReporterTest {

    private static final StageRequest REQUEST = RoundRequests.prepare(
            new Owner("MultiViewDataset", "test", "rooms", "0123456789"),
            new StoreLocation("dir:/none", "", "", ""),
            SyntheticRooms.of(2, 2),
            1);

    private final CountDownLatch writing = new CountDownLatch(1);
    private final CountDownLatch answered = new CountDownLatch(1);
    private final List<Long> written = new CopyOnWriteArrayList<>();

    /** A store of which nothing but puts is asked. */
    private ObjectStore store(boolean away) {
        return (ObjectStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    writing.countDown();
                    answered.await();
                    if (away) {
                        throw new StoreUnavailableException("away", null);
                    }
                    written.add(ContractJson.read((byte[]) arguments[1], StageProgress.class)
                            .done());
                    return null;
                });
    }

    private ProgressReporter reporter(ObjectStore store) {
        return new ProgressReporter(REQUEST, 0, store, (stage, progress) -> {}, Clock.systemUTC());
    }

    @Test
    void aWriteThatHangsHoldsUpNoReportAndTheNewestIsWrittenNext() throws InterruptedException {
        try (ProgressReporter reporter = reporter(store(false))) {
            reporter.report(1, 4, "frames", "");
            writing.await();
            reporter.report(2, 4, "frames", "");
            reporter.report(3, 4, "frames", "");
            assertThat(written).isEmpty();
            answered.countDown();
        }
        assertThat(written).containsExactly(1L, 3L);
    }

    @Test
    void aWriteThatFailsEndsNothing() {
        answered.countDown();
        try (ProgressReporter reporter = reporter(store(true))) {
            reporter.report(4, 4, "frames", "");
        }
        assertThat(writing.getCount()).isZero();
    }
}
