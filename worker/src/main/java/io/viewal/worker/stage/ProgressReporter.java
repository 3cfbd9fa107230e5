package io.viewal.worker.stage;

import io.viewal.contract.ContractJson;
import io.viewal.contract.StageProgress;
import io.viewal.contract.StageRequest;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.store.ObjectStore;
import io.viewal.worker.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Writes {@code progress.json} at most once a second: often enough for people, seldom enough for the store. */
final class ProgressReporter {

    private static final Logger LOG = Logger.getLogger(ProgressReporter.class.getName());
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final StageRequest request;
    private final String key;
    private final ObjectStore store;
    private final ProgressListener listener;
    private final Clock clock;
    private Instant last = Instant.EPOCH;

    ProgressReporter(StageRequest request, int shard, ObjectStore store, ProgressListener listener, Clock clock) {
        this.request = request;
        this.key = request.layout().progressKey(request.attempt(), shard);
        this.store = store;
        this.listener = listener;
        this.clock = clock;
    }

    synchronized void report(long done, long total, String unit, String message) {
        Instant now = clock.instant();
        StageProgress progress = new StageProgress(done, total, unit, message, now);
        listener.progress(request.stage(), progress);
        if (done < total && now.isBefore(last.plus(EVERY))) {
            return;
        }
        last = now;
        try {
            store.put(key, ContractJson.toBytes(progress));
        } catch (StoreUnavailableException | InvalidInputException e) {
            // Progress is a courtesy: the stage goes on, and fails only if its artifacts can't be written.
            LOG.log(Level.WARNING, "Progress not written: {0}", e.getMessage());
        }
    }
}
