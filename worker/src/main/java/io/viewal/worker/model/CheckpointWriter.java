package io.viewal.worker.model;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Saves checkpoints now and then, on a thread of its own: the training waits for the copy alone, not for the store. One
 * that can't be saved is logged and costs time after a kill, no more: the training goes on to the next.
 */
final class CheckpointWriter implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(CheckpointWriter.class.getName());

    private final CheckpointStore store;
    private final Path file;
    private final String fingerprint;
    private final long intervalNanos;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("checkpoints").factory());
    private Future<?> running;
    private long last = System.nanoTime();
    private long pauseNanos;

    /** @param file is overwritten with every checkpoint before the store keeps it */
    CheckpointWriter(CheckpointStore store, Path file, String fingerprint, Duration interval) {
        this.store = store;
        this.file = file;
        this.fingerprint = fingerprint;
        this.intervalNanos = interval.toNanos();
    }

    /** Begins to save if it is time and the checkpoint before has been saved. */
    void saveIfDue(Supplier<Checkpoint> state) {
        boolean busy = running != null && !running.isDone();
        if (!busy && System.nanoTime() - last >= intervalNanos) {
            long began = System.nanoTime();
            settle();
            begin(state.get());
            pauseNanos += System.nanoTime() - began;
        }
    }

    /** How long the caller of {@link #saveIfDue} was held up so far. */
    double pauseSeconds() {
        return pauseNanos / 1e9;
    }

    /** Saves and returns when it is done. */
    void saveNow(Supplier<Checkpoint> state) throws IOException {
        settle();
        begin(state.get());
        await();
    }

    private void begin(Checkpoint checkpoint) {
        last = System.nanoTime();
        running = executor.submit(() -> {
            checkpoint.write(file, fingerprint);
            store.save(file);
            return null;
        });
    }

    /** Waits for the checkpoint before, which nobody needs any more once there is a newer one. */
    private void settle() {
        try {
            await();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "A checkpoint was not saved, the training goes on", e);
        }
    }

    private void await() throws IOException {
        if (running == null) {
            return;
        }
        try {
            running.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while saving a checkpoint", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IOException("A checkpoint could not be saved", e.getCause());
        } finally {
            running = null;
        }
    }

    /** Waits for a save under way, so that nothing touches the store or the file any more. */
    @Override
    public void close() {
        settle();
        executor.close();
    }
}
