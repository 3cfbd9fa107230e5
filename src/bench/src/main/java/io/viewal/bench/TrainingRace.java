package io.viewal.bench;

import io.viewal.contract.Backbone;
import io.viewal.contract.TrainParameters;
import io.viewal.contract.TrainParametersBuilder;
import io.viewal.worker.model.CheckpointStore;
import io.viewal.worker.model.TrainedModel;
import io.viewal.worker.model.Trainer;
import io.viewal.worker.model.TrainingJob;
import io.viewal.worker.model.TrainingSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Training iterations of the same network on the same machine: the worker against plain PyTorch, turn by turn. Ours are
 * the worker's own training from start to end, with reading, augmentation and copying of frames; theirs have their batch
 * in memory. What is timed of ours is from the end of their iteration to the end of our next.
 */
public final class TrainingRace {

    private static final int WARM_UPS = 2;
    private static final int NEVER = 1 << 20;

    private final Opponent theirs;
    private final List<Double> own = new ArrayList<>();
    private final List<Double> other = new ArrayList<>();
    private long begin = System.nanoTime();

    private TrainingRace(Opponent theirs) {
        this.theirs = theirs;
    }

    /** @param arguments folder of the reference network, scratch folder, batch size, iterations that count, backbone */
    public static void main(String[] arguments) throws IOException {
        Path scratch = Path.of(arguments[1]);
        int batch = Integer.parseInt(arguments[2]);
        int iterations = WARM_UPS + Integer.parseInt(arguments[3]);
        Backbone backbone = Backbone.valueOf(arguments[4]);
        try (Opponent theirs = new Opponent(Path.of(arguments[0]), arguments[2], arguments[4])) {
            Timing.print("%ntraining of %s, batch %d (%s; %s)", backbone, batch, Timing.load(), theirs.engine());
            TrainingRace race = new TrainingRace(theirs);
            TrainedModel model = new Trainer(scratch, CheckpointStore.none(), progress -> race.turn(), () -> false)
                    .train(job(backbone, batch, iterations));
            race.print(model.report().waitSeconds());
        }
    }

    private static TrainingJob job(Backbone backbone, int batch, int iterations) {
        TrainParameters parameters = TrainParametersBuilder.builder()
                .backbone(backbone)
                .epochs(1)
                .batchSize(batch)
                .milestones(List.of(NEVER))
                .validateEvery(NEVER)
                .checkpointEvery(NEVER)
                .build();
        return new TrainingJob(
                IntStream.range(0, NoiseFrames.CLASSES)
                        .mapToObj(id -> "class " + id)
                        .toList(),
                NoiseFrames.SIZE,
                parameters,
                Optional.empty(),
                1,
                new NoiseFrames(batch * iterations),
                TrainingSet.empty(),
                TrainingSet.empty());
    }

    private void turn() {
        own.add((System.nanoTime() - begin) / 1e9);
        other.add(theirs.seconds("train"));
        begin = System.nanoTime();
    }

    private void print(double wait) {
        List<Double> ours = own.subList(WARM_UPS, own.size());
        List<Double> others = other.subList(WARM_UPS, other.size());
        List<Double> ratios = IntStream.range(0, ours.size())
                .mapToObj(i -> others.get(i) / ours.get(i))
                .toList();
        Timing.print("  %-8s %10s %10s %7s", "", "theirs s", "ours s", "ratio");
        Timing.print(
                "  %-8s %10.3f %10.3f %7.2f",
                "median", Timing.median(others), Timing.median(ours), Timing.median(ratios));
        Timing.print(
                "  %-8s %10.3f %10.3f",
                "best",
                others.stream().min(Double::compare).orElseThrow(),
                ours.stream().min(Double::compare).orElseThrow());
        Timing.print("  ours waited %.3f s for its input, all %d iterations together", wait, own.size());
        Timing.print("ratio %.2f", Timing.median(ratios));
    }
}
