package io.viewal.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointWriterTest {

    private static final String JOB = "a job";

    @TempDir
    Path folder;

    @Test
    void savesWhatIsReadAgain() throws IOException {
        FolderCheckpoints kept = new FolderCheckpoints(folder);
        try (CheckpointWriter writer = writer(kept, Duration.ofHours(1))) {
            writer.saveNow(() -> after(3));
        }

        Path file = kept.latest().orElseThrow();
        assertThat(Checkpoint.read(file, JOB).orElseThrow().counters().iteration())
                .isEqualTo(3);
        assertThat(Checkpoint.read(file, "another job")).isEmpty();
    }

    @Test
    void waitsForTheInterval() {
        FolderCheckpoints kept = new FolderCheckpoints(folder);
        try (CheckpointWriter writer = writer(kept, Duration.ofHours(1))) {
            writer.saveIfDue(() -> after(1));
        }

        assertThat(kept.saves()).isZero();
    }

    @Test
    void triesAgainWhenTheStoreWasAway() throws InterruptedException {
        AwayStore store = new AwayStore();
        try (CheckpointWriter writer = writer(store, Duration.ZERO)) {
            long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (store.attempts.availablePermits() < 2 && System.nanoTime() < deadline) {
                writer.saveIfDue(() -> after(1));
            }
        }

        assertThat(store.attempts.tryAcquire(2, 10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void saysSoWhenTheLastCheckpointIsLost() {
        try (CheckpointWriter writer = writer(new AwayStore(), Duration.ofHours(1))) {
            assertThatThrownBy(() -> writer.saveNow(() -> after(1)))
                    .isInstanceOf(IOException.class)
                    .hasRootCauseMessage("the store is away");
        }
    }

    private CheckpointWriter writer(CheckpointStore store, Duration interval) {
        return new CheckpointWriter(store, folder.resolve("checkpoint.safetensors"), JOB, interval);
    }

    private static Checkpoint after(int iterations) {
        TrainingCounters counters = TrainingCounters.start();
        for (int i = 0; i < iterations; i++) {
            counters = counters.afterIteration(0.5);
        }
        return new Checkpoint(counters, Map.of(), Map.of(), Map.of());
    }

    /** Keeps nothing and counts how often it was asked to. */
    private static final class AwayStore implements CheckpointStore {

        private final Semaphore attempts = new Semaphore(0);

        @Override
        public void save(Path file) throws IOException {
            attempts.release();
            throw new IOException("the store is away");
        }

        @Override
        public Optional<Path> latest() {
            return Optional.empty();
        }
    }
}
