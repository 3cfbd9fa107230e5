package io.viewal.worker.model;

/**
 * Figures of a {@link ConfusionMatrix}, 0 to 1; NaN where no pixel has a label.
 *
 * @param accuracy share of labeled pixels that are right
 * @param classAccuracy mean over the classes that occur in the truth of the share of their pixels that are right
 * @param meanIoU mean intersection over union over the classes that occur in truth or prediction
 * @param frequencyWeightedIoU intersection over union weighted by the classes' share of the truth
 * @param classIoU by class; NaN for a class in neither truth nor prediction
 */
public record Metrics(
        double accuracy, double classAccuracy, double meanIoU, double frequencyWeightedIoU, double[] classIoU) {

    public Metrics {
        classIoU = classIoU.clone();
    }

    @Override
    public double[] classIoU() {
        return classIoU.clone();
    }
}
