package io.viewal.worker.model;

import io.viewal.worker.model.TrainingReport.EpochRow;
import java.util.ArrayList;
import java.util.List;

/**
 * What a training counts; a value between two iterations.
 *
 * @param iteration iterations done
 * @param epochLoss sum of the losses of the epoch under way
 * @param bestEpoch whose weights are the best, from 1; 0: none yet
 * @param bestMeanIoU on the validation set
 * @param history of the epochs done
 */
record TrainingCounters(long iteration, double epochLoss, int bestEpoch, double bestMeanIoU, List<EpochRow> history) {

    TrainingCounters {
        history = List.copyOf(history);
    }

    static TrainingCounters start() {
        return new TrainingCounters(0, 0, 0, -1, List.of());
    }

    TrainingCounters afterIteration(double loss) {
        return new TrainingCounters(iteration + 1, epochLoss + loss, bestEpoch, bestMeanIoU, history);
    }

    TrainingCounters afterEpoch(EpochRow row) {
        List<EpochRow> rows = new ArrayList<>(history);
        rows.add(row);
        return new TrainingCounters(iteration, 0, bestEpoch, bestMeanIoU, rows);
    }

    /** Validations since the best one; a validation without a labeled pixel has no figure and counts as the best. */
    int validationsWithoutGain() {
        return (int) history.stream()
                .filter(row -> row.epoch() > bestEpoch && !Double.isNaN(row.validationMeanIoU()))
                .count();
    }

    TrainingCounters withBest(int epoch, double meanIoU) {
        return new TrainingCounters(iteration, epochLoss, epoch, meanIoU, history);
    }
}
