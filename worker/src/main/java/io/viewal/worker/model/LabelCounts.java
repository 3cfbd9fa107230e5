package io.viewal.worker.model;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.VoidLabel;
import java.io.IOException;
import java.util.Arrays;

/** Pixels of a set by class; counting them checks the set. */
record LabelCounts(long[] pixels) {

    /**
     * Reads all labels.
     *
     * @param name of the set, for messages
     * @throws InvalidInputException InvalidLabels for an id outside the classes, InvalidDataset for a wrong size
     */
    static LabelCounts of(String name, TrainingSet set, ImageSize size, int classes) throws IOException {
        long[] counts = new long[classes];
        for (int frame = 0; frame < set.size(); frame++) {
            byte[] labels = set.labels(frame);
            if (labels.length != size.pixels()) {
                throw new InvalidInputException(
                        Reason.InvalidDataset,
                        "Frame " + frame + " of the " + name + " set has " + labels.length + " labels, expected "
                                + size.pixels() + " (" + size + ")");
            }
            for (byte label : labels) {
                int id = Byte.toUnsignedInt(label);
                if (id < classes) {
                    counts[id]++;
                } else if (id != VoidLabel.ID) {
                    throw new InvalidInputException(
                            Reason.InvalidLabels,
                            "Frame " + frame + " of the " + name + " set has the label " + id + ", expected 0 to "
                                    + (classes - 1) + ", or " + VoidLabel.ID + " for none");
                }
            }
        }
        return new LabelCounts(counts);
    }

    long total() {
        return Arrays.stream(pixels).sum();
    }

    /** Weights by inverse square root of frequency, capped at twice their median, of sum one. */
    float[] balancedWeights() {
        double[] weights =
                Arrays.stream(pixels).mapToDouble(n -> 1 / Math.sqrt(1.0 + n)).toArray();
        double[] sorted = weights.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        double sum = 0;
        for (int c = 0; c < weights.length; c++) {
            weights[c] = Math.min(weights[c], 2 * median);
            sum += weights[c];
        }
        float[] normalized = new float[weights.length];
        for (int c = 0; c < weights.length; c++) {
            normalized[c] = (float) (weights[c] / sum);
        }
        return normalized;
    }
}
