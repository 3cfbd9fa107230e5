package io.viewal.worker.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.model.TrainingReport.EpochRow;
import io.viewal.worker.model.network.DeepLabV3Plus;
import io.viewal.worker.model.network.Pass;
import io.viewal.worker.model.network.Weights;
import io.viewal.worker.model.weights.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The network under training and all that changes with it. */
final class TrainingSession implements AutoCloseable {

    private final TrainingJob job;
    private final Device device = Devices.best();
    private final NDManager manager = Engine.getInstance().newBaseManager(device);
    private final Weights weights;
    private final DeepLabV3Plus network;
    private final MomentumSgd optimizer;
    private final MaskedCrossEntropy loss;
    private final LearningRate learningRate;
    private final int iterationsPerEpoch;
    private TrainingCounters counters = TrainingCounters.start();
    private Map<String, Tensor> best = Map.of();

    TrainingSession(TrainingJob job, int iterationsPerEpoch, Optional<float[]> classWeights) {
        this.job = job;
        this.iterationsPerEpoch = iterationsPerEpoch;
        weights = Weights.random(manager, job.seed());
        network = new DeepLabV3Plus(weights, job.classes().size());
        optimizer = new MomentumSgd(manager, weights, job.parameters());
        loss = new MaskedCrossEntropy(classWeights);
        learningRate = new LearningRate(job.parameters());
    }

    TrainingCounters counters() {
        return counters;
    }

    String device() {
        return Devices.name(device);
    }

    /** The epoch under way, from 0. */
    int epoch() {
        return (int) (counters.iteration() / iterationsPerEpoch);
    }

    /** Takes weights to start from. */
    PretrainedReport begin(StartingWeights start) throws IOException {
        return switch (start.kind()) {
            case PRETRAINED -> StateDictLoader.load(start.file(), weights);
            case MODEL -> ModelFile.load(start.file(), job.classes(), weights);
        };
    }

    /** Goes on from a checkpoint. */
    void restore(Checkpoint checkpoint) {
        counters = checkpoint.counters();
        best = checkpoint.best();
        checkpoint
                .weights()
                .forEach((name, tensor) -> Tensors.copy(tensor, weights.all().get(name)));
        checkpoint
                .velocities()
                .forEach((name, tensor) ->
                        Tensors.copy(tensor, optimizer.velocities().get(name)));
    }

    /** A copy of everything, between two iterations. */
    Checkpoint checkpoint() {
        return new Checkpoint(counters, Tensors.plain(weights.all()), Tensors.plain(optimizer.velocities()), best);
    }

    /** One step; all randomness in it depends on the seed and the iteration alone. */
    double iterate(Batch batch) {
        double rate = learningRate.at(epoch());
        if (counters.iteration() > 0 && counters.iteration() % iterationsPerEpoch == 0) {
            double before = learningRate.at(epoch() - 1L);
            if (rate != before) {
                optimizer.rateChanged(before, rate);
            }
        }
        double value = descend(batch, rate);
        counters = counters.afterIteration(value);
        return value;
    }

    private double descend(Batch batch, double rate) {
        ImageSize size = job.size();
        long frames = batch.labels().length / size.pixels();
        weights.requireGradients();
        try (NDManager iteration = manager.newSubManager();
                GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            NDArray images = iteration.create(batch.images(), new Shape(frames, 3, size.height(), size.width()));
            NDArray labels = iteration.create(
                    ByteBuffer.wrap(batch.labels()), new Shape(frames, 1, size.height(), size.width()), DataType.UINT8);
            Pass pass = Pass.training(Seeds.mix(job.seed(), counters.iteration()));
            NDArray value = loss.apply(network.forward(images, pass), labels);
            float number = value.getFloat();
            if (!Float.isFinite(number)) {
                throw diverged(number, rate);
            }
            gradients.backward(value);
            optimizer.step(rate);
            return number;
        }
    }

    /** Ends the epoch whose last iteration is done; validates when the schedule says so. */
    void endEpoch() throws IOException {
        int done = epoch();
        double meanIoU = Double.NaN;
        double accuracy = Double.NaN;
        boolean last = done == job.parameters().epochs();
        if (job.validation().size() > 0 && (last || done % job.parameters().validateEvery() == 0)) {
            Metrics metrics = evaluate(job.validation()).metrics();
            meanIoU = metrics.meanIoU();
            accuracy = metrics.accuracy();
            // Without a labeled pixel there is no figure to choose by: the last are kept then.
            if (!(meanIoU <= counters.bestMeanIoU())) {
                counters = counters.withBest(done, meanIoU);
                best = Tensors.plain(weights.all());
            }
        }
        double meanLoss = counters.epochLoss() / iterationsPerEpoch;
        double rate = learningRate.at(done - 1L);
        counters = counters.afterEpoch(new EpochRow(done, counters.iteration(), meanLoss, rate, meanIoU, accuracy));
    }

    /** True once patience has run out; a function of the counters alone, so that a resumed training decides the same. */
    boolean hasStoppedEarly() {
        int patience = job.parameters().earlyStoppingPatience();
        return patience > 0 && counters.validationsWithoutGain() >= patience;
    }

    /** Takes the best weights, or the last if none have been validated. */
    void keepBest() {
        if (best.isEmpty()) {
            counters = counters.withBest(epoch(), Double.NaN);
            best = Tensors.plain(weights.all());
        }
        best.forEach((name, tensor) -> Tensors.copy(tensor, weights.all().get(name)));
    }

    ConfusionMatrix evaluate(TrainingSet frames) throws IOException {
        return new Evaluator(manager, network, job.size(), job.classes().size()).evaluate(frames);
    }

    void write(Path file) throws IOException {
        new ModelFile(job.classes(), job.size()).write(file, best);
    }

    private InvalidInputException diverged(float number, double rate) {
        return new InvalidInputException(
                Reason.TrainingDiverged,
                "Training diverged: the loss became " + number + " in iteration " + (counters.iteration() + 1)
                        + " (epoch " + (epoch() + 1) + ") at the learning rate " + rate
                        + ", expected a finite number; lower learningRate or headLearningRateFactor");
    }

    @Override
    public void close() {
        manager.close();
    }
}
