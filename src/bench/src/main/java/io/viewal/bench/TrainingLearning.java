package io.viewal.bench;

import ai.djl.ndarray.NDManager;
import io.viewal.contract.Backbone;
import io.viewal.contract.TrainParameters;
import io.viewal.contract.TrainParametersBuilder;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.model.CheckpointStore;
import io.viewal.worker.model.StartingWeights;
import io.viewal.worker.model.Trainer;
import io.viewal.worker.model.TrainingJob;
import io.viewal.worker.model.TrainingReport;
import io.viewal.worker.model.TrainingSet;
import io.viewal.worker.model.network.Architecture;
import io.viewal.worker.model.network.DeepLabV3Plus;
import io.viewal.worker.model.network.Weights;
import io.viewal.worker.model.weights.Safetensors;
import io.viewal.worker.model.weights.Tensor;
import io.viewal.worker.model.weights.TensorFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the same network learns from the same wholly labeled frames: the worker against plain PyTorch, from the same
 * random weights by the same schedule, measured on rooms that neither has seen. Order, augmentation and dropout are each
 * side's own, so that single trainings differ by chance; the means over seeds should not.
 */
public final class TrainingLearning {

    private static final ImageSize SIZE = new ImageSize(128, 96);
    private static final int TRAINING_ROOMS = 8;
    private static final int TEST_ROOMS = 4;
    private static final int FRAMES = 15;
    private static final int BATCH = 6;
    private static final double RATE = 2e-3;
    private static final int NEVER = 1 << 20;

    private final Path scratch;
    private final int epochs;
    private final Backbone backbone;
    private final RoomFrames training = new RoomFrames(SIZE, 0, TRAINING_ROOMS, FRAMES);
    private final RoomFrames test = new RoomFrames(SIZE, TRAINING_ROOMS, TRAINING_ROOMS + TEST_ROOMS, FRAMES);

    private TrainingLearning(Path scratch, int epochs, Backbone backbone) throws IOException {
        this.scratch = scratch;
        this.epochs = epochs;
        this.backbone = backbone;
        training.write(scratch, "training");
        test.write(scratch, "test");
    }

    /** @param arguments folder of the reference network, scratch folder, epochs, seeds, backbone */
    public static void main(String[] arguments) throws IOException {
        Path network = Path.of(arguments[0]);
        TrainingLearning bench = new TrainingLearning(
                Path.of(arguments[1]), Integer.parseInt(arguments[2]), Backbone.valueOf(arguments[4]));
        Timing.print(
                "%s: %d frames of %d rooms train, %d of %d test, %s; batch %d, %d epochs (%s)",
                bench.backbone,
                bench.training.size(),
                TRAINING_ROOMS,
                bench.test.size(),
                TEST_ROOMS,
                SIZE,
                BATCH,
                bench.epochs,
                Timing.load());
        Timing.print("%6s %14s %14s %12s %12s", "seed", "PyTorch mIoU", "worker mIoU", "PyTorch s", "worker s");
        List<Double> theirs = new ArrayList<>();
        List<Double> ours = new ArrayList<>();
        for (int seed = 1; seed <= Integer.parseInt(arguments[3]); seed++) {
            Path start = bench.start(seed);
            TrainingReport own = bench.train(start, seed);
            ours.add(100 * own.test().orElseThrow().meanIoU());
            double seconds;
            try (Opponent other = new Opponent(network, bench.scratch.toString(), arguments[4])) {
                seconds = other.number(
                        "train %d %d %d %s".formatted(seed, bench.epochs, bench.milestone(), RATE), "seconds ");
                theirs.add(100 * other.number("test", "mIoU "));
            }
            Timing.print(
                    "%6d %14.2f %14.2f %12.0f %12.0f", seed, theirs.getLast(), ours.getLast(), seconds, own.seconds());
        }
        double difference = mean(ours) - mean(theirs);
        Timing.print("%6s %14.2f %14.2f", "mean", mean(theirs), mean(ours));
        Timing.print("difference %.2f", difference);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(v -> v).average().orElseThrow();
    }

    /** Random weights that both sides begin with. */
    private Path start(long seed) throws IOException {
        Path file = scratch.resolve("start.safetensors");
        try (NDManager manager = NDManager.newBaseManager()) {
            Weights weights = Weights.random(manager, seed);
            Architecture architecture = backbone == Backbone.EfficientNetLite0
                    ? Architecture.EFFICIENTNET_LITE0
                    : Architecture.MOBILENET_V2;
            new DeepLabV3Plus(weights, architecture, training.classes().size());
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            weights.all()
                    .forEach((name, array) ->
                            tensors.put(name, new Tensor(array.getShape().getShape(), array.toFloatArray())));
            Safetensors.write(file, TensorFile.of(Map.of(), tensors));
        }
        return file;
    }

    private int milestone() {
        return epochs * 7 / 10;
    }

    private TrainingReport train(Path start, long seed) throws IOException {
        TrainParameters parameters = TrainParametersBuilder.builder()
                .backbone(backbone)
                .epochs(epochs)
                .batchSize(BATCH)
                .learningRate(RATE)
                .milestones(List.of(milestone()))
                .validateEvery(NEVER)
                .checkpointEvery(NEVER)
                .build();
        TrainingJob job = new TrainingJob(
                training.classes(),
                SIZE,
                parameters,
                Optional.of(StartingWeights.pretrained(start)),
                seed,
                training,
                TrainingSet.empty(),
                test);
        return new Trainer(scratch, CheckpointStore.none(), progress -> {}, () -> false)
                .train(job)
                .report();
    }
}
