package io.viewal.worker.stage;

import io.viewal.contract.ContractJson;
import io.viewal.contract.StageProgress;
import io.viewal.contract.StageRequest;
import io.viewal.worker.store.ObjectStore;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Writes {@code progress.json} beside the work, at most once a second: often enough for people, seldom enough for the
 * store. A store that hangs holds up the thread that writes and nothing else; what is written next is the newest report.
 */
final class ProgressReporter implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ProgressReporter.class.getName());
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration MOMENT = Duration.ofSeconds(3);

    private final StageRequest request;
    private final String key;
    private final ObjectStore store;
    private final ProgressListener listener;
    private final Clock clock;
    private final AtomicReference<StageProgress> newest = new AtomicReference<>();
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("progress").factory());

    ProgressReporter(StageRequest request, int shard, ObjectStore store, ProgressListener listener, Clock clock) {
        this.request = request;
        this.key = request.layout().progressKey(request.attempt(), shard);
        this.store = store;
        this.listener = listener;
        this.clock = clock;
        writer.scheduleWithFixedDelay(this::write, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    synchronized void report(long done, long total, String unit, String message) {
        StageProgress progress = new StageProgress(done, total, unit, message, clock.instant());
        listener.progress(request.stage(), progress);
        newest.set(progress);
    }

    private void write() {
        StageProgress progress = newest.getAndSet(null);
        if (progress == null) {
            return;
        }
        try {
            store.put(key, ContractJson.toBytes(progress));
        } catch (RuntimeException e) {
            // Progress is a courtesy: the stage goes on, and fails only if its artifacts can't be written.
            LOG.log(Level.WARNING, "Progress not written: {0}", e.getMessage());
        }
    }

    /** Writes the last report, without which a finished worker would look silent, unless that takes more than a moment. */
    @Override
    public void close() {
        writer.execute(this::write);
        writer.shutdown();
        try {
            writer.awaitTermination(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
