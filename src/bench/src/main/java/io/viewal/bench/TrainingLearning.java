package io.viewal.bench;

import ai.djl.ndarray.NDManager;
import io.viewal.contract.Backbone;
import io.viewal.contract.TrainParameters;
import io.viewal.contract.TrainParametersBuilder;
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
 * weights by the same schedule, measured on rooms that neither has seen. Order, augmentation and dropout are each side's
 * own, so that single trainings differ by chance; the means over seeds should not.
 */
public final class TrainingLearning {

    private static final int NEVER = 1 << 20;

    private final Path scratch;
    private final int epochs;
    private final Backbone backbone;
    private final Optional<Path> pretrained;
    private final LearningTask task;
    private final RoomFrames training;
    private final RoomFrames test;

    private TrainingLearning(Path scratch, int epochs, Backbone backbone, LearningTask task, Optional<Path> pretrained)
            throws IOException {
        this.scratch = scratch;
        this.epochs = epochs;
        this.backbone = backbone;
        this.pretrained = pretrained;
        this.task = task;
        this.training = task.trainingFrames();
        this.test = task.testFrames();
        training.write(scratch, "training");
        test.write(scratch, "test");
    }

    /** @param arguments folder of the reference network, scratch folder, epochs, seeds, backbone, task, pretrained weights */
    public static void main(String[] arguments) throws IOException {
        TrainingLearning bench = new TrainingLearning(
                Path.of(arguments[1]),
                Integer.parseInt(arguments[2]),
                Backbone.valueOf(arguments[4]),
                LearningTask.of(arguments[5]),
                arguments.length == 6 ? Optional.empty() : Optional.of(Path.of(arguments[6])));
        bench.race(Path.of(arguments[0]), Integer.parseInt(arguments[3]));
    }

    private void race(Path network, int seeds) throws IOException {
        Timing.print(
                "%s from %s weights: %d frames of %d rooms train, %d of %d test, %s; batch %d, %d epochs (%s)",
                backbone,
                pretrained.isPresent() ? "pretrained" : "random",
                training.size(),
                task.training().size(),
                test.size(),
                task.test().size(),
                task.size(),
                task.batch(),
                epochs,
                Timing.load());
        Timing.print("%6s %14s %14s %12s %12s", "seed", "PyTorch mIoU", "worker mIoU", "PyTorch s", "worker s");
        List<Double> theirs = new ArrayList<>();
        List<Double> ours = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            Path start = start(seed);
            TrainingReport own = train(start, seed);
            ours.add(100 * own.test().orElseThrow().meanIoU());
            double seconds;
            try (Opponent other = opponent(network)) {
                seconds =
                        other.number("train %d %d %d %s".formatted(seed, epochs, milestone(), task.rate()), "seconds ");
                theirs.add(100 * other.number("test", "mIoU "));
            }
            Timing.print(
                    "%6d %14.2f %14.2f %12.0f %12.0f", seed, theirs.getLast(), ours.getLast(), seconds, own.seconds());
        }
        double difference = mean(ours) - mean(theirs);
        Timing.print("%6s %14.2f %14.2f", "mean", mean(theirs), mean(ours));
        Timing.print("difference %.2f", difference);
    }

    private Opponent opponent(Path network) throws IOException {
        return new Opponent(
                network,
                scratch.toString(),
                backbone.name(),
                Integer.toString(task.size().width()),
                Integer.toString(task.size().height()),
                Integer.toString(task.batch()));
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(v -> v).average().orElseThrow();
    }

    /** What both sides begin with: random weights, those of a pretrained backbone in their place. */
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
            if (pretrained.isPresent()) {
                TensorFile.read(pretrained.get()).tensors().forEach(tensors::replace);
            }
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
                .batchSize(task.batch())
                .learningRate(task.rate())
                .milestones(List.of(milestone()))
                .validateEvery(NEVER)
                .checkpointEvery(NEVER)
                .build();
        TrainingJob job = new TrainingJob(
                training.classes(),
                task.size(),
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
