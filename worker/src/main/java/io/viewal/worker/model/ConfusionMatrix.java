package io.viewal.worker.model;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.VoidLabel;

/** Counts of pixels by true and predicted class. */
public final class ConfusionMatrix {

    private final int classes;
    private final long[] counts;

    /** An empty matrix. */
    public ConfusionMatrix(int classes) {
        this.classes = classes;
        this.counts = new long[classes * classes];
    }

    /**
     * Adds the pixels of a frame whose truth is not void; both uint8 [height, width].
     *
     * @throws InvalidInputException InvalidLabels for a truth outside the classes
     */
    public void add(byte[] truth, byte[] prediction) {
        if (truth.length != prediction.length) {
            throw new IllegalArgumentException(truth.length + " labels for " + prediction.length + " predictions");
        }
        for (int i = 0; i < truth.length; i++) {
            int label = Byte.toUnsignedInt(truth[i]);
            if (label >= classes && label != VoidLabel.ID) {
                throw new InvalidInputException(
                        Reason.InvalidLabels,
                        "A frame has the label " + label + ", expected 0 to " + (classes - 1) + ", or " + VoidLabel.ID
                                + " for none");
            }
            if (label != VoidLabel.ID) {
                counts[label * classes + Byte.toUnsignedInt(prediction[i])]++;
            }
        }
    }

    void add(int truth, int prediction, long pixels) {
        counts[truth * classes + prediction] += pixels;
    }

    public int classes() {
        return classes;
    }

    /** Pixels of class {@code truth} that were predicted as {@code prediction}. */
    public long count(int truth, int prediction) {
        return counts[truth * classes + prediction];
    }

    /**
     * The counts among some classes alone, as benchmarks over fewer classes take them: pixels of another class, or taken
     * for another, are left out.
     */
    public ConfusionMatrix among(int... some) {
        ConfusionMatrix part = new ConfusionMatrix(some.length);
        for (int truth = 0; truth < some.length; truth++) {
            for (int prediction = 0; prediction < some.length; prediction++) {
                part.add(truth, prediction, count(some[truth], some[prediction]));
            }
        }
        return part;
    }

    /** The figures of the pixels added so far. */
    public Metrics metrics() {
        long total = 0;
        long right = 0;
        double classAccuracy = 0;
        int truthClasses = 0;
        double iouSum = 0;
        int iouClasses = 0;
        double weighted = 0;
        double[] iou = new double[classes];
        for (int c = 0; c < classes; c++) {
            long truth = 0;
            long predicted = 0;
            for (int other = 0; other < classes; other++) {
                truth += count(c, other);
                predicted += count(other, c);
            }
            long hit = count(c, c);
            long union = truth + predicted - hit;
            total += truth;
            right += hit;
            iou[c] = union == 0 ? Double.NaN : (double) hit / union;
            if (truth > 0) {
                classAccuracy += (double) hit / truth;
                truthClasses++;
                weighted += truth * iou[c];
            }
            if (union > 0) {
                iouSum += iou[c];
                iouClasses++;
            }
        }
        return new Metrics(
                (double) right / total, classAccuracy / truthClasses, iouSum / iouClasses, weighted / total, iou);
    }
}
