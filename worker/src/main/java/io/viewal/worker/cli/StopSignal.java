package io.viewal.worker.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Turns SIGTERM into a request to stop: the process lives on, within the pod's grace period, until the work has saved what
 * can be resumed.
 */
final class StopSignal implements BooleanSupplier {

    /** Less than the pod's grace period of 30 seconds. */
    private static final Duration GRACE = Duration.ofSeconds(25);

    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean requested;

    private StopSignal() {}

    static StopSignal install() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(signal::await, "stop"));
        return signal;
    }

    @Override
    public boolean getAsBoolean() {
        return requested;
    }

    /** Says that the work has ended, well or not. */
    void finish() {
        finished.countDown();
    }

    private void await() {
        requested = true;
        try {
            finished.await(GRACE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
