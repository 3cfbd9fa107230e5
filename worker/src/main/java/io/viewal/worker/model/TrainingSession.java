package io.viewal.worker.model;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.model.TrainingReport.EpochRow;
import io.viewal.worker.model.network.Pass;
import io.viewal.worker.model.network.Weights;
import io.viewal.worker.model.weights.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The network under training and all that changes with it. */
final class TrainingSession implements AutoCloseable {

    private final TrainingJob job;
    private final List<Device> devices;
    private final Replicas replicas;
    private final Weights weights;
    private final MomentumSgd optimizer;
    private final LearningRate learningRate;
    private final int iterationsPerEpoch;
    private TrainingCounters counters = TrainingCounters.start();
    private Map<String, Tensor> best = Map.of();

    TrainingSession(TrainingJob job, int iterationsPerEpoch, Optional<float[]> classWeights) {
        this.job = job;
        this.iterationsPerEpoch = iterationsPerEpoch;
        devices = Devices.all();
        MaskedCrossEntropy loss = new MaskedCrossEntropy(classWeights, job.reduction());
        replicas = new Replicas(devices, job.model(), job.seed(), loss, DataType.FLOAT32);
        weights = replicas.weights();
        optimizer = new MomentumSgd(replicas.manager(), weights, job.parameters());
        learningRate = new LearningRate(job.parameters());
    }

    TrainingCounters counters() {
        return counters;
    }

    String device() {
        return devices.stream().map(Devices::name).collect(Collectors.joining(", "));
    }

    /** The epoch under way, from 0. */
    int epoch() {
        return iterationsPerEpoch == 0 ? 0 : (int) (counters.iteration() / iterationsPerEpoch);
    }

    /** Takes weights to start from. */
    PretrainedReport begin(StartingWeights start) throws IOException {
        PretrainedReport report = switch (start.kind()) {
            case PRETRAINED -> StateDictLoader.load(start.file(), weights);
            case MODEL -> job.model().load(start.file(), weights);
        };
        replicas.share();
        return report;
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
        replicas.share();
    }

    /** A copy of everything, between two iterations. */
    Checkpoint checkpoint() {
        return new Checkpoint(counters, Tensors.plain(weights.all()), Tensors.plain(optimizer.velocities()), best);
    }

    /** One step; all randomness in it depends on the seed and the iteration alone. */
    double iterate(Batch batch) {
        double rate = learningRate.at(epoch());
        double value = descend(batch, rate);
        counters = counters.afterIteration(value);
        return value;
    }

    private double descend(Batch batch, double rate) {
        long seed = Seeds.mix(job.seed(), counters.iteration());
        double value = replicas.backward(batch, replica -> pass(replica == 0 ? seed : Seeds.mix(seed, replica)));
        if (!Double.isFinite(value)) {
            throw diverged(value, rate);
        }
        optimizer.step(rate);
        replicas.share();
        return value;
    }

    private static Pass pass(long seed) {
        return Pass.training(new DropoutMasks(seed), seed);
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
        return new Evaluator(
                        replicas.manager(),
                        replicas.network(),
                        job.size(),
                        job.classes().size())
                .evaluate(frames);
    }

    void write(Path file) throws IOException {
        job.model().write(file, best);
    }

    private InvalidInputException diverged(double number, double rate) {
        return new InvalidInputException(
                Reason.TrainingDiverged,
                "Training diverged: the loss became " + number + " in iteration " + (counters.iteration() + 1)
                        + " (epoch " + (epoch() + 1) + ") at the learning rate " + rate
                        + ", expected a finite number; lower learningRate or headLearningRateFactor");
    }

    @Override
    public void close() {
        replicas.close();
    }
}
