package io.viewal.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.viewal.contract.TrainParameters;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.model.MaskedCrossEntropy.Reduction;
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
    /** In double precision rounding is some 1e-16 an operation; this leaves room for all of a network's. */
    private static final double SHARE = 1e-9;

    private static final int PIXELS = JOB.size().pixels();

    @Test
    void gradientsOfPartsAddUpToThatOfTheWholeBatchesMean() throws IOException {
        Batch first = batch(0, 1);
        Batch second = batch(2, 3);
        Arrays.fill(second.labels(), 0, second.labels().length * 3 / 4, (byte) VoidLabel.ID);
        double firstLoss;
        double secondLoss;
        Map<String, double[]> expected;
        try (Replicas one = replicas(1);
                Replicas other = replicas(1)) {
            firstLoss = one.backward(first, replica -> Pass.trainingWithoutDropout());
            secondLoss = other.backward(second, replica -> Pass.trainingWithoutDropout());
            expected = sum(gradients(one), 0.8, gradients(other), 0.2);
        }

        try (Replicas both = replicas(2)) {
            double loss = both.backward(joined(first, second), replica -> Pass.trainingWithoutDropout());

            assertThat(loss).isCloseTo(0.8 * firstLoss + 0.2 * secondLoss, within(SHARE * loss));
            assertThat(firstLoss).isNotCloseTo(secondLoss, within(1e-3));
            assertSame(gradients(both), expected);
        }
    }

    @Test
    void replicasStayTheSameStepAfterStep() throws IOException {
        Batch first = batch(0, 1);
        Batch second = batch(2, 3);
        try (Replicas two = replicas(2)) {
            MomentumSgd optimizer = new MomentumSgd(two.manager(), two.weights(), PARAMETERS);
            for (int step = 0; step < 3; step++) {
                // Were gradients of a step before left in a replica, or its weights behind, the sum would be another.
                Map<String, double[]> expected;
                try (Replicas one = replicas(1);
                        Replicas other = replicas(1)) {
                    two.weights().all().forEach(one.weights()::set);
                    two.weights().all().forEach(other.weights()::set);
                    one.backward(first, replica -> Pass.trainingWithoutDropout());
                    other.backward(second, replica -> Pass.trainingWithoutDropout());
                    expected = sum(gradients(one), 0.5, gradients(other), 0.5);
                }
                two.backward(joined(first, second), replica -> Pass.trainingWithoutDropout());
                assertSame(gradients(two), expected);
                optimizer.step(1e-2);
                two.share();
                // Arrays must not rest on memory that Java may take back.
                System.gc();
            }
        }
    }

    @Test
    void aBatchTooSmallToSplitGoesToTheFirst() throws IOException {
        Batch batch = batch(0, 1);
        try (Replicas two = replicas(2);
                Replicas one = replicas(1)) {
            double expected = one.backward(batch, replica -> Pass.trainingWithoutDropout());
            assertThat(two.backward(batch, replica -> Pass.trainingWithoutDropout()))
                    .isCloseTo(expected, within(SHARE * expected));
        }
    }

    private static Replicas replicas(int devices) {
        Devices.best();
        return new Replicas(
                Collections.nCopies(devices, Device.cpu()),
                JOB.model(),
                JOB.seed(),
                new MaskedCrossEntropy(Optional.empty(), Reduction.MEAN),
                DataType.FLOAT64);
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

    private static Map<String, double[]> gradients(Replicas replicas) {
        Map<String, double[]> gradients = new LinkedHashMap<>();
        replicas.weights().trained().forEach((name, weight) -> {
            try (NDArray gradient = weight.getGradient()) {
                gradients.put(name, gradient.toDoubleArray());
            }
        });
        return gradients;
    }

    private static Map<String, double[]> sum(Map<String, double[]> a, double x, Map<String, double[]> b, double y) {
        Map<String, double[]> sums = new LinkedHashMap<>();
        a.forEach((name, values) -> {
            double[] sum = new double[values.length];
            for (int i = 0; i < sum.length; i++) {
                sum[i] = x * values[i] + y * b.get(name)[i];
            }
            sums.put(name, sum);
        });
        return sums;
    }

    private static void assertSame(Map<String, double[]> actual, Map<String, double[]> expected) {
        double largest =
                expected.values().stream().mapToDouble(Numbers::largest).max().orElseThrow();
        actual.forEach((name, values) -> assertThat(Numbers.greatestDifference(values, expected.get(name)))
                .as(name)
                .isLessThan(SHARE * largest));
    }
}
