package io.viewal.bench;

import io.viewal.contract.TrainParameters;
import io.viewal.contract.TrainParametersBuilder;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.model.CheckpointStore;
import io.viewal.worker.model.Trainer;
import io.viewal.worker.model.TrainingJob;
import io.viewal.worker.model.TrainingListener;
import io.viewal.worker.model.TrainingReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Memory of a long training of a small set, epoch by epoch, with a validation every fifth epoch and a checkpoint every
 * few seconds, and how long the training is held up by the checkpoints.
 */
public final class TrainingMemory {

    private static final ImageSize SIZE = new ImageSize(128, 96);
    private static final int BATCH = 6;
    private static final int ROWS = 10;
    private static final int CHECKPOINT_SECONDS = 5;

    private final int epochs;
    private long settled;
    private long now;

    private TrainingMemory(int epochs) {
        this.epochs = epochs;
    }

    /** @param arguments scratch folder, epochs */
    public static void main(String[] arguments) throws IOException {
        TrainingMemory bench = new TrainingMemory(Integer.parseInt(arguments[1]));
        Timing.print("training of %d frames of %s, batch %d (%s)", BATCH, SIZE, BATCH, Timing.load());
        Timing.print("%8s %14s", "epoch", "memory MiB");
        Path scratch = Path.of(arguments[0]);
        TrainingReport report = new Trainer(scratch, CheckpointStore.none(), bench.listener(), () -> false)
                .train(bench.job())
                .report();
        Timing.print(
                "held up by checkpoints: %.3f s of %.1f s, %.2f%%",
                report.checkpointSeconds(), report.seconds(), 100 * report.checkpointSeconds() / report.seconds());
        Timing.print("growth %d MiB", (bench.now - bench.settled) >> 20);
    }

    private TrainingListener listener() {
        return progress -> {
            if (progress.epoch() % Math.max(1, epochs / ROWS) == 0) {
                now = PeakMemory.now();
                settled = progress.epoch() <= epochs / 2 ? now : settled;
                Timing.print("%8d %14d", progress.epoch(), now >> 20);
            }
        };
    }

    private TrainingJob job() {
        TrainParameters parameters = TrainParametersBuilder.builder()
                .epochs(epochs)
                .batchSize(BATCH)
                .learningRate(1e-4)
                .milestones(List.of())
                .checkpointEvery(CHECKPOINT_SECONDS)
                .build();
        return new TrainingJob(
                IntStream.range(0, NoiseFrames.CLASSES)
                        .mapToObj(id -> "class " + id)
                        .toList(),
                SIZE,
                parameters,
                Optional.empty(),
                1,
                new NoiseFrames(BATCH, SIZE),
                new NoiseFrames(2, SIZE),
                new NoiseFrames(2, SIZE));
    }
}
