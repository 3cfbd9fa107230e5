package io.viewal.worker.model;

import io.viewal.contract.ContractJson;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.contract.TrainParameters;
import io.viewal.worker.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Trains a segmentation network; goes on from the last checkpoint if there is one. One training a process at a time. */
public final class Trainer {

    private static final String MODEL = "model.safetensors";
    private static final String CHECKPOINT = "checkpoint.safetensors";

    private final Path scratch;
    private final CheckpointStore checkpoints;
    private final TrainingListener listener;
    private final BooleanSupplier stop;

    /**
     * @param scratch a folder for checkpoints and the model; must exist
     * @param stop asked after every iteration; once true, the state is saved and the training ends
     */
    public Trainer(Path scratch, CheckpointStore checkpoints, TrainingListener listener, BooleanSupplier stop) {
        this.scratch = scratch;
        this.checkpoints = checkpoints;
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * Trains to the last epoch, or until early stopping ends it.
     *
     * @return the model, written to {@code model.safetensors} in the scratch folder
     * @throws TrainingStoppedException when {@code stop} turned true; the checkpoint is saved
     * @throws InvalidInputException InvalidDataset (no labeled pixel; early stopping without a validation set),
     *     InvalidLabels (an id outside the classes), InvalidWeights (those to start from don't fit), TrainingDiverged
     *     (the loss is not a number)
     */
    public TrainedModel train(TrainingJob job) throws IOException {
        long began = System.nanoTime();
        TrainParameters parameters = job.parameters();
        LabelCounts counts = checked(job);
        EpochOrder order = new EpochOrder(job.training().size(), parameters.batchSize(), job.seed());
        Optional<float[]> classWeights = parameters.classWeights() && counts.total() > 0
                ? Optional.of(counts.balancedWeights())
                : Optional.empty();
        String fingerprint = fingerprint(job, counts);
        try (TrainingSession session = new TrainingSession(job, order.iterationsPerEpoch(), classWeights)) {
            Optional<PretrainedReport> start = Optional.empty();
            if (job.start().isPresent()) {
                start = Optional.of(session.begin(job.start().get()));
            }
            Optional<Path> latest = checkpoints.latest();
            if (latest.isPresent()) {
                Checkpoint.read(latest.get(), fingerprint).ifPresent(session::restore);
            }
            Duration interval = Duration.ofSeconds(parameters.checkpointEvery());
            double wait;
            double pause;
            try (CheckpointWriter writer =
                            new CheckpointWriter(checkpoints, scratch.resolve(CHECKPOINT), fingerprint, interval);
                    BatchSource batches =
                            new BatchSource(job.training(), job.size(), order, parameters.augments(), job.seed())) {
                iterate(session, order, parameters.epochs(), batches, writer);
                wait = batches.waitSeconds();
                pause = writer.pauseSeconds();
            }
            return finish(job, session, start, wait, pause, began);
        }
    }

    private void iterate(
            TrainingSession session, EpochOrder order, int epochs, BatchSource batches, CheckpointWriter writer)
            throws IOException {
        long iterations = (long) epochs * order.iterationsPerEpoch();
        while (session.counters().iteration() < iterations && !session.hasStoppedEarly()) {
            int epoch = session.epoch() + 1;
            double loss = session.iterate(batches.take(session.counters().iteration()));
            long done = session.counters().iteration();
            if (done % order.iterationsPerEpoch() == 0) {
                session.endEpoch();
            }
            listener.iterationDone(new TrainingProgress(done, iterations, epoch, epochs, loss));
            if (stop.getAsBoolean()) {
                writer.saveNow(session::checkpoint);
                throw new TrainingStoppedException(done, iterations);
            }
            writer.saveIfDue(session::checkpoint);
        }
    }

    private TrainedModel finish(
            TrainingJob job,
            TrainingSession session,
            Optional<PretrainedReport> start,
            double wait,
            double pause,
            long began)
            throws IOException {
        session.keepBest();
        Path file = scratch.resolve(MODEL);
        session.write(file);
        ConfusionMatrix validation = session.evaluate(job.validation());
        ConfusionMatrix test = session.evaluate(job.test());
        TrainingReport report = new TrainingReport(
                session.counters().history(),
                session.counters().bestEpoch(),
                session.hasStoppedEarly() && session.epoch() < job.parameters().epochs(),
                metrics(job.validation(), validation),
                metrics(job.test(), test),
                start,
                session.device(),
                wait,
                pause,
                (System.nanoTime() - began) / 1e9);
        return new TrainedModel(file, report, validation, test);
    }

    private static Optional<Metrics> metrics(TrainingSet set, ConfusionMatrix confusion) {
        return set.size() == 0 ? Optional.empty() : Optional.of(confusion.metrics());
    }

    private static LabelCounts checked(TrainingJob job) throws IOException {
        int classes = job.classes().size();
        LabelCounts counts = LabelCounts.of("training", job.training(), job.size(), classes);
        if (counts.total() == 0 && job.training().size() > 0) {
            throw new InvalidInputException(
                    Reason.InvalidDataset,
                    "The label set has no labeled pixel in " + job.training().size()
                            + " frames, expected at least one; label a seed set first");
        }
        if (job.parameters().earlyStoppingPatience() > 0 && job.validation().size() == 0) {
            throw new InvalidInputException(
                    Reason.InvalidDataset,
                    "training.earlyStoppingPatience compares validations and the data set's validation split has no"
                            + " labeled frame: give the data set a validation split, or leave out"
                            + " training.earlyStoppingPatience");
        }
        LabelCounts.of("validation", job.validation(), job.size(), classes);
        LabelCounts.of("test", job.test(), job.size(), classes);
        return counts;
    }

    /** Tells apart what must not share a checkpoint. */
    private static String fingerprint(TrainingJob job, LabelCounts counts) {
        List<Object> parts = List.of(
                job.parameters(),
                job.classes(),
                job.size(),
                job.seed(),
                job.training().size(),
                job.validation().size(),
                job.start().map(StartingWeights::sha256).orElse(""),
                counts.pixels());
        return ContractJson.sha256(ContractJson.toBytes(parts));
    }
}
