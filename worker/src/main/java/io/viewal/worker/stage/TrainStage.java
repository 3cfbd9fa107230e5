package io.viewal.worker.stage;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.ContractJson;
import io.viewal.contract.Metric;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.contract.TrainParameters;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.artifact.HistoryCsv;
import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.dataset.Split;
import io.viewal.worker.model.ConfusionMatrix;
import io.viewal.worker.model.Metrics;
import io.viewal.worker.model.TrainedModel;
import io.viewal.worker.model.Trainer;
import io.viewal.worker.model.TrainingJob;
import io.viewal.worker.model.TrainingProgress;
import io.viewal.worker.model.TrainingReport;
import io.viewal.worker.model.TrainingStoppedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** TRAIN: fits the network to the labels so far and measures it on scenes that it never saw. */
final class TrainStage implements StageWork {

    @Override
    public Output run(StageContext context) throws IOException {
        TrainParameters parameters = context.parameters(TrainParameters.class);
        PreparedDataset dataset = PreparedDataset.open(context);
        DatasetManifest manifest = dataset.manifest();
        LabelSet labels = LabelSet.read(context.fetch(context.input(RoundRequests.LABELS)), manifest.size());
        TrainingJob job = new TrainingJob(
                manifest.classes(),
                manifest.size(),
                parameters,
                pretrained(context, parameters.pretrained()),
                context.request().seed(),
                SceneFrames.labeled(dataset, labels),
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
        return publish(context, model);
    }

    private static Optional<Path> pretrained(StageContext context, String key) throws IOException {
        if (key.isEmpty()) {
            return Optional.empty();
        }
        Path file = context.output(key.substring(key.lastIndexOf('/') + 1));
        try (InputStream in = context.store()
                .open(key)
                .orElseThrow(() -> new InvalidInputException(
                        Reason.InvalidWeights,
                        "The store has no object '" + key + "': put the pretrained weights there, or correct "
                                + "training.pretrained"))) {
            Files.copy(in, file);
        }
        return Optional.of(file);
    }

    private static void report(StageContext context, TrainingProgress p) {
        context.report(
                p.iteration(),
                p.iterations(),
                "iterations",
                "epoch %d of %d, loss %.3f".formatted(p.epoch(), p.epochs(), p.loss()));
    }

    private static Output publish(StageContext context, TrainedModel model) throws IOException {
        TrainingReport report = model.report();
        List<HistoryCsv.Row> rows = report.history().stream()
                .map(r -> new HistoryCsv.Row(
                        r.epoch(),
                        r.iterations(),
                        r.loss(),
                        r.learningRate(),
                        r.validationMeanIoU(),
                        r.validationAccuracy()))
                .toList();
        Map<String, ArtifactRef> artifacts = new TreeMap<>();
        artifacts.put(RoundRequests.MODEL, context.publish("model.safetensors", model.file()));
        artifacts.put(
                RoundRequests.HISTORY,
                context.publish("history.csv", HistoryCsv.write(rows).getBytes(StandardCharsets.UTF_8)));
        artifacts.put("metrics", context.publish("metrics.json", ContractJson.toBytes(details(model))));
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put(Metric.LOSS, rows.getLast().loss());
        report.validation().ifPresent(m -> metrics.put(Metric.VALIDATION_MIOU, m.meanIoU()));
        report.test().ifPresent(m -> {
            metrics.put(Metric.TEST_MIOU, m.meanIoU());
            metrics.put(Metric.TEST_ACCURACY, m.accuracy());
        });
        return new Output(artifacts, metrics, Map.of("device", report.device()));
    }

    /** {@code metrics.json}: the figures of both splits, and the confusion matrices (rows are the truth). */
    private static Map<String, Object> details(TrainedModel model) {
        Map<String, Object> details = new TreeMap<>();
        details.put("bestEpoch", model.report().bestEpoch());
        model.report().validation().ifPresent(m -> details.put("validation", figures(m)));
        model.report().test().ifPresent(m -> details.put("test", figures(m)));
        details.put("validationConfusion", rows(model.validationConfusion()));
        details.put("testConfusion", rows(model.testConfusion()));
        return details;
    }

    private static long[][] rows(ConfusionMatrix matrix) {
        long[][] rows = new long[matrix.classes()][matrix.classes()];
        for (int truth = 0; truth < rows.length; truth++) {
            for (int prediction = 0; prediction < rows.length; prediction++) {
                rows[truth][prediction] = matrix.count(truth, prediction);
            }
        }
        return rows;
    }

    private static Map<String, Object> figures(Metrics m) {
        return new TreeMap<>(Map.of(
                "accuracy", m.accuracy(),
                "classAccuracy", m.classAccuracy(),
                "meanIoU", m.meanIoU(),
                "frequencyWeightedIoU", m.frequencyWeightedIoU(),
                "classIoU", m.classIoU()));
    }
}
