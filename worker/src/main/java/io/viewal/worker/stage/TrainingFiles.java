package io.viewal.worker.stage;

import io.viewal.worker.artifact.HistoryCsv;
import io.viewal.worker.artifact.MetricsJson;
import io.viewal.worker.model.ConfusionMatrix;
import io.viewal.worker.model.Metrics;
import io.viewal.worker.model.TrainedModel;
import io.viewal.worker.model.TrainingJob;
import io.viewal.worker.model.TrainingReport;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a training leaves beside its {@value #MODEL}; the same bytes from a round's stage and from the command line.
 *
 * @param job what was trained
 * @param model what came of it
 */
public record TrainingFiles(TrainingJob job, TrainedModel model) {

    /** Name of the weights' file. */
    public static final String MODEL = "model.safetensors";

    /** Name of {@link HistoryCsv}. */
    public static final String HISTORY = "history.csv";

    /** Name of {@link MetricsJson}. */
    public static final String METRICS = "metrics.json";

    /** The content of {@value #HISTORY}. */
    public byte[] history() {
        List<HistoryCsv.Row> rows = model.report().history().stream()
                .map(r -> new HistoryCsv.Row(
                        r.epoch(),
                        r.iterations(),
                        r.loss(),
                        r.learningRate(),
                        r.validationMeanIoU(),
                        r.validationAccuracy()))
                .toList();
        return HistoryCsv.write(rows).getBytes(StandardCharsets.UTF_8);
    }

    /** The content of {@value #METRICS}. */
    public byte[] metrics() {
        TrainingReport report = model.report();
        return MetricsJson.write(new MetricsJson.Content(
                start(job),
                report.bestEpoch(),
                report.history().size(),
                job.parameters().epochs(),
                report.stoppedEarly(),
                report.validation().map(TrainingFiles::figures).orElse(null),
                report.test().map(TrainingFiles::figures).orElse(null),
                job.classes(),
                rows(model.validationConfusion()),
                rows(model.testConfusion())));
    }

    /** What the training began with, for people. */
    static String start(TrainingJob job) {
        return job.start().map(start -> start.file().getFileName().toString()).orElse("random weights");
    }

    /** A matrix as rows of the truth and columns of the prediction. */
    public static long[][] rows(ConfusionMatrix matrix) {
        long[][] rows = new long[matrix.classes()][matrix.classes()];
        for (int truth = 0; truth < rows.length; truth++) {
            for (int prediction = 0; prediction < rows.length; prediction++) {
                rows[truth][prediction] = matrix.count(truth, prediction);
            }
        }
        return rows;
    }

    /** The figures as files have them. */
    public static MetricsJson.Figures figures(Metrics m) {
        return new MetricsJson.Figures(
                m.accuracy(), m.classAccuracy(), m.meanIoU(), m.frequencyWeightedIoU(), m.classIoU());
    }
}
