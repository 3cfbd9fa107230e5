package io.viewal.worker.selection;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Euclidean distances between the features of candidates, accumulated in double precision and kept in single, since there
 * may be thousands times tens of thousands.
 */
final class FeatureDistances {

    private final List<float[]> features;

    /**
     * @throws InvalidInputException when candidates have different numbers of features, or one that is no number
     */
    FeatureDistances(List<float[]> features) {
        this.features = features;
        int expected = features.getFirst().length;
        for (float[] own : features) {
            if (own.length != expected) {
                throw new InvalidInputException(
                        Reason.CorruptArtifact,
                        "A frame has " + own.length + " features and another " + expected
                                + ": score all scenes with the same network");
            }
            for (float value : own) {
                if (!Float.isFinite(value)) {
                    throw new InvalidInputException(
                            Reason.CorruptArtifact,
                            "The features of a frame hold " + value + ", expected finite numbers: score it again");
                }
            }
        }
    }

    /** From one candidate to every candidate: float32 [candidates]. */
    float[] from(int candidate) {
        float[] own = features.get(candidate);
        float[] distances = new float[features.size()];
        IntStream.range(0, distances.length)
                .parallel()
                .forEach(other -> distances[other] = (float) distance(own, features.get(other)));
        return distances;
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = a[i] - b[i];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    /** Lowers each entry of {@code nearest} to that of {@code distances} where it is greater. */
    static void nearer(float[] nearest, float[] distances) {
        for (int i = 0; i < nearest.length; i++) {
            nearest[i] = Math.min(nearest[i], distances[i]);
        }
    }
}
