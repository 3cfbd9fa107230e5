package io.viewal.worker.model;

import java.util.List;
import java.util.Optional;

/**
 * What a training came to.
 *
 * @param history one row an epoch
 * @param bestEpoch the epoch whose weights were kept, from 1
 * @param stoppedEarly true when early stopping ended it before the last epoch
 * @param validation of the weights kept; empty without a validation set
 * @param test of the weights kept; empty without a test set
 * @param start what was taken from the weights to start from; empty without
 * @param device what it ran on: {@code cpu} or {@code gpu 0}
 * @param waitSeconds how long the training waited for its input
 * @param checkpointSeconds how long the training waited for its checkpoints
 * @param seconds wall-clock time of this process, evaluation included
 */
public record TrainingReport(
        List<EpochRow> history,
        int bestEpoch,
        boolean stoppedEarly,
        Optional<Metrics> validation,
        Optional<Metrics> test,
        Optional<PretrainedReport> start,
        String device,
        double waitSeconds,
        double checkpointSeconds,
        double seconds) {

    public TrainingReport {
        history = List.copyOf(history);
    }

    /**
     * An epoch.
     *
     * @param epoch from 1
     * @param iterations done at its end, over all epochs
     * @param loss mean over its iterations
     * @param learningRate of the backbone
     * @param validationMeanIoU NaN if the epoch was not validated
     * @param validationAccuracy NaN if the epoch was not validated
     */
    public record EpochRow(
            int epoch,
            long iterations,
            double loss,
            double learningRate,
            double validationMeanIoU,
            double validationAccuracy) {}
}
