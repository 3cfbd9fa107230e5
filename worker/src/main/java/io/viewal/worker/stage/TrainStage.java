package io.viewal.worker.stage;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.Fact;
import io.viewal.contract.Metric;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.contract.TrainParameters;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.dataset.Split;
import io.viewal.worker.model.StartingWeights;
import io.viewal.worker.model.TrainedModel;
import io.viewal.worker.model.Trainer;
import io.viewal.worker.model.TrainingJob;
import io.viewal.worker.model.TrainingProgress;
import io.viewal.worker.model.TrainingReport;
import io.viewal.worker.model.TrainingStoppedException;
import io.viewal.worker.store.DamagedArtifactException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** TRAIN: fits the network to the labels so far and measures it on scenes that it never saw. */
final class TrainStage implements StageWork {

    private static final String RANDOM_WEIGHTS =
            "The network was trained from random weights, as training.pretrained is"
                    + " empty: it learns less from the same labels; name weights of the backbone";

    @Override
    public Output run(StageContext context) throws IOException {
        TrainParameters parameters = context.parameters(TrainParameters.class);
        PreparedDataset dataset = PreparedDataset.open(context);
        DatasetManifest manifest = dataset.manifest();
        Training training = parameters.fullySupervised() ? fullySupervised(dataset) : labeled(context, dataset);
        Optional<StartingWeights> start = start(context, parameters);
        TrainingJob job = new TrainingJob(
                manifest.classes(),
                manifest.size(),
                parameters,
                start,
                context.request().seed(),
                training.frames(),
                SceneFrames.of(dataset, Split.VALIDATION),
                SceneFrames.of(dataset, Split.TEST));
        Path scratch = Files.createDirectories(context.output("training").resolve("work"));
        Trainer trainer = new Trainer(
                scratch,
                new StoredCheckpoints(context.request(), context.store(), scratch),
                progress -> report(context, progress),
                context.stop());
        TrainedModel model;
        try {
            model = trainer.train(job);
        } catch (TrainingStoppedException e) {
            throw new StoppedException(e);
        }
        Output made = publish(context, job, model);
        made.metrics().putAll(training.on().metrics(manifest));
        return made;
    }

    /** The frames to train on, and what they cost. */
    private record Training(SceneFrames frames, TrainedOn on) {}

    private static Training labeled(StageContext context, PreparedDataset dataset) throws IOException {
        LabelSet labels = LabelSet.read(context.fetch(context.input(RoundRequests.LABELS)), dataset.size());
        EarlierEffort.complete(labels, dataset);
        return new Training(SceneFrames.labeled(dataset, labels), TrainedOn.of(labels));
    }

    private static Training fullySupervised(PreparedDataset dataset) throws IOException {
        SceneFrames frames = SceneFrames.of(dataset, Split.TRAIN);
        return new Training(frames, TrainedOn.frames(frames, dataset.size()));
    }

    private static Optional<StartingWeights> start(StageContext context, TrainParameters parameters)
            throws IOException {
        if (parameters.start() == TrainParameters.Start.PreviousRound) {
            return Optional.of(StartingWeights.model(context.fetch(context.input(RoundRequests.START))));
        }
        if (parameters.pretrained().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(StartingWeights.pretrained(context.fetch(context.input(RoundRequests.PRETRAINED))));
        } catch (DamagedArtifactException e) {
            throw new InvalidInputException(
                    Reason.InvalidWeights,
                    "The object '" + e.artifact().key() + "' that training.pretrained names is not what it was when the"
                            + " round began: put that one back, or make a new round",
                    e);
        }
    }

    private static void report(StageContext context, TrainingProgress p) {
        context.report(
                p.iteration(),
                p.iterations(),
                "iterations",
                "epoch %d of %d, loss %.3f".formatted(p.epoch(), p.epochs(), p.loss()));
    }

    private static Output publish(StageContext context, TrainingJob job, TrainedModel model) throws IOException {
        TrainingFiles files = new TrainingFiles(job, model);
        TrainingReport report = model.report();
        Map<String, ArtifactRef> artifacts = new TreeMap<>();
        artifacts.put(RoundRequests.MODEL, context.publish(TrainingFiles.MODEL, model.file()));
        artifacts.put(RoundRequests.HISTORY, context.publish(TrainingFiles.HISTORY, files.history()));
        artifacts.put(RoundRequests.METRICS, context.publish(TrainingFiles.METRICS, files.metrics()));
        Map<String, Double> metrics = new TreeMap<>();
        if (!report.history().isEmpty()) {
            metrics.put(Metric.LOSS, report.history().getLast().loss());
        }
        metrics.put(Metric.INPUT_WAIT, report.waitSeconds());
        report.validation().ifPresent(m -> metrics.put(Metric.VALIDATION_MIOU, m.meanIoU()));
        report.test().ifPresent(m -> {
            metrics.put(Metric.TEST_MIOU, m.meanIoU());
            metrics.put(Metric.TEST_ACCURACY, m.accuracy());
        });
        return new Output(artifacts, metrics, facts(job, report));
    }

    private static Map<String, String> facts(TrainingJob job, TrainingReport report) {
        Map<String, String> facts =
                new TreeMap<>(Map.of(Fact.DEVICE, report.device(), Fact.START, TrainingFiles.start(job)));
        job.start()
                .ifPresentOrElse(
                        start -> facts.put(
                                Fact.START,
                                "%s, sha256 %s: %s"
                                        .formatted(
                                                TrainingFiles.start(job),
                                                start.sha256(),
                                                report.start().orElseThrow())),
                        () -> facts.put(Fact.RANDOM_WEIGHTS, RANDOM_WEIGHTS));
        if (report.stoppedEarly()) {
            facts.put(
                    "stoppedEarly",
                    "after epoch %d, best epoch %d".formatted(report.history().size(), report.bestEpoch()));
        }
        return facts;
    }
}
