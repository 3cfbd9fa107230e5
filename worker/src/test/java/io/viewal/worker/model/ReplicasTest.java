package io.viewal.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import io.viewal.contract.TrainParameters;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.model.network.Pass;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Several GPUs can't be had here: the CPU stands in for each of them. */
class ReplicasTest {

    private static final TrainParameters PARAMETERS = TrainingJobs.parameters(1, 4, 1e-3);
    private static final TrainingJob JOB = TrainingJobs.job(PARAMETERS, new StripedFrames(4, 0));
    /** Gradients of some hundreds; where terms of that size cancel, float32 leaves this. */
    private static final double FLOAT = 0.05;

    private static final int PIXELS = JOB.size().pixels();

    @Test
    void gradientsOfPartsAddUpToThatOfTheWholeBatchesMean() throws IOException {
        Batch first = batch(0, 1);
        Batch second = batch(2, 3);
        Arrays.fill(second.labels(), 0, second.labels().length * 3 / 4, (byte) VoidLabel.ID);
        double firstLoss;
        double secondLoss;
        Map<String, float[]> expected;
        try (Replicas one = replicas(1);
                Replicas other = replicas(1)) {
            firstLoss = one.backward(first, replica -> Pass.trainingWithoutDropout());
            secondLoss = other.backward(second, replica -> Pass.trainingWithoutDropout());
            expected = sum(gradients(one), 0.8, gradients(other), 0.2);
        }

        try (Replicas both = replicas(2)) {
            double loss = both.backward(joined(first, second), replica -> Pass.trainingWithoutDropout());

            assertThat(loss).isCloseTo(0.8 * firstLoss + 0.2 * secondLoss, within(1e-6));
            assertThat(firstLoss).isNotCloseTo(secondLoss, within(1e-3));
            gradients(both)
                    .forEach((name, gradient) -> assertThat(length(difference(gradient, expected.get(name))))
                            .as(name)
                            .isLessThan(1e-3 * length(expected.get(name)) + FLOAT));
        }
    }

    @Test
    void replicasStayTheSameStepAfterStep() throws IOException {
        Batch batch = joined(batch(0, 1), batch(2, 3));
        try (Replicas two = replicas(2)) {
            MomentumSgd optimizer = new MomentumSgd(two.manager(), two.weights(), PARAMETERS);
            double before = two.backward(batch, replica -> Pass.trainingWithoutDropout());
            optimizer.step(1e-2);
            two.share();
            // Arrays must not rest on memory that Java may take back.
            System.gc();
            double after = two.backward(batch, replica -> Pass.trainingWithoutDropout());
            // Were gradients of the first step left in a replica, or its weights behind, this would not fall so.
            optimizer.step(1e-2);
            two.share();
            // Arrays must not rest on memory that Java may take back.
            System.gc();
            double last = two.backward(batch, replica -> Pass.trainingWithoutDropout());

            assertThat(after).isLessThan(before);
            assertThat(last).isLessThan(after);
        }
    }

    @Test
    void aBatchTooSmallToSplitGoesToTheFirst() throws IOException {
        Batch batch = batch(0, 1);
        try (Replicas two = replicas(2);
                Replicas one = replicas(1)) {
            assertThat(two.backward(batch, replica -> Pass.trainingWithoutDropout()))
                    .isEqualTo(one.backward(batch, replica -> Pass.trainingWithoutDropout()));
        }
    }

    private static Replicas replicas(int devices) {
        Devices.best();
        return new Replicas(Collections.nCopies(devices, Device.cpu()), JOB, new MaskedCrossEntropy(Optional.empty()));
    }

    private static Batch batch(int... frames) throws IOException {
        float[] images = new float[frames.length * 3 * PIXELS];
        byte[] labels = new byte[frames.length * PIXELS];
        for (int i = 0; i < frames.length; i++) {
            Normalization.write(Normalization.floats(JOB.training().rgb(frames[i])), images, i * 3 * PIXELS);
            System.arraycopy(JOB.training().labels(frames[i]), 0, labels, i * PIXELS, PIXELS);
        }
        return new Batch(images, labels);
    }

    private static Batch joined(Batch a, Batch b) {
        float[] images = Arrays.copyOf(a.images(), a.images().length + b.images().length);
        System.arraycopy(b.images(), 0, images, a.images().length, b.images().length);
        byte[] labels = Arrays.copyOf(a.labels(), a.labels().length + b.labels().length);
        System.arraycopy(b.labels(), 0, labels, a.labels().length, b.labels().length);
        return new Batch(images, labels);
    }

    private static Map<String, float[]> gradients(Replicas replicas) {
        Map<String, float[]> gradients = new LinkedHashMap<>();
        replicas.weights().trained().forEach((name, weight) -> {
            try (NDArray gradient = weight.getGradient()) {
                gradients.put(name, gradient.toFloatArray());
            }
        });
        return gradients;
    }

    private static Map<String, float[]> sum(Map<String, float[]> a, double x, Map<String, float[]> b, double y) {
        Map<String, float[]> sums = new LinkedHashMap<>();
        a.forEach((name, values) -> {
            float[] sum = new float[values.length];
            for (int i = 0; i < sum.length; i++) {
                sum[i] = (float) (x * values[i] + y * b.get(name)[i]);
            }
            sums.put(name, sum);
        });
        return sums;
    }

    private static float[] difference(float[] a, float[] b) {
        float[] difference = a.clone();
        for (int i = 0; i < b.length; i++) {
            difference[i] -= b[i];
        }
        return difference;
    }

    private static double length(float[] vector) {
        double sum = 0;
        for (float value : vector) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }
}
