package io.viewal.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.viewal.worker.model.network.Architecture;
import io.viewal.worker.model.network.DeepLabV3Plus;
import io.viewal.worker.model.network.Pass;
import io.viewal.worker.model.network.Weights;
import io.viewal.worker.model.weights.Tensor;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What training computes in float32, against the same in float64.
 *
 * <p>How far a gradient may be off follows from its condition, which is measured here: in float64, every weight is changed
 * by as much as float32 rounds the output of its layer. A sum of n products is rounded n times, by 2⁻²⁴ of its terms each,
 * and since the errors are of either sign they add up to √n · 2⁻²⁴ of them. That is one rounding a layer on the way there;
 * float32 rounds the layer, its norm (mean, variance, quotient, scale and shift) and its activation there, and as often on
 * the way back, which twice as many norms' sums take part in: {@value #ROUNDINGS} are allowed. The length of a tensor's
 * gradient may differ by as much as that changes it. Gradients that cancel to zero keep the rounding of their terms, one for
 * each pixel, against the largest gradient of all.
 */
class SinglePrecisionTest {

    private static final int ROUNDINGS = 16;
    private static final double UNIT = 0x1p-24;

    private static final int FRAMES = 4;
    private static final int CLASSES = 5;
    private static final int HEIGHT = 50;
    private static final int WIDTH = 70;
    private static final int PIXELS = FRAMES * HEIGHT * WIDTH;

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void gradientsDifferByNoMoreThanTheirConditionTellsFromThoseInDoublePrecision(Architecture architecture) {
        Map<String, double[]> exact = gradients(architecture, DataType.FLOAT64, Optional.empty());
        Map<String, double[]> single = gradients(architecture, DataType.FLOAT32, Optional.empty());
        Map<String, double[]> changed = gradients(architecture, DataType.FLOAT64, Optional.of(new Random(7)));

        double largest =
                exact.values().stream().mapToDouble(Numbers::length).max().orElseThrow();
        double cancelled = Math.sqrt(PIXELS) * UNIT * largest;
        exact.forEach((name, gradient) -> {
            double sensitivity = Numbers.length(difference(changed.get(name), gradient));
            assertThat(Numbers.length(difference(single.get(name), gradient)))
                    .as(name + " of length " + Numbers.length(gradient))
                    .isLessThan(ROUNDINGS * (sensitivity + cancelled));
        });
    }

    /** Of the mean loss by weights, frames and labels by formula; the weights changed by roundings of a layer. */
    private static Map<String, double[]> gradients(Architecture architecture, DataType type, Optional<Random> change) {
        try (NDManager manager = Engine.getInstance().newBaseManager(Device.cpu())) {
            Weights weights = Weights.zeros(manager, type);
            DeepLabV3Plus network = new DeepLabV3Plus(weights, architecture, CLASSES);
            weights.all().forEach((name, array) -> {
                long[] shape = array.getShape().getShape();
                Tensors.copy(new Tensor(shape, FormulaTensors.weight(name, shape)), array);
                change.ifPresent(random -> array.muli(rounded(manager, array.getShape(), random)));
            });
            weights.requireGradients();
            NDArray images =
                    manager.create(FormulaTensors.image("images", 3 * PIXELS), new Shape(FRAMES, 3, HEIGHT, WIDTH));
            double[] draws = FormulaTensors.uniform("labels", PIXELS);
            byte[] ids = new byte[PIXELS];
            for (int i = 0; i < PIXELS; i++) {
                ids[i] = (byte) ((draws[i] + 0.5) * CLASSES);
            }
            NDArray labels = manager.create(ByteBuffer.wrap(ids), new Shape(FRAMES, 1, HEIGHT, WIDTH), DataType.UINT8);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray logits = network.forward(images, Pass.trainingWithoutDropout());
                collector.backward(new MaskedCrossEntropy(Optional.empty(), MaskedCrossEntropy.Reduction.MEAN)
                        .apply(logits, labels));
            }
            Map<String, double[]> gradients = new LinkedHashMap<>();
            weights.trained()
                    .forEach((name, array) -> gradients.put(
                            name,
                            array.getGradient().toType(DataType.FLOAT64, false).toDoubleArray()));
            return gradients;
        }
    }

    /** Factors 1 ± √n · 2⁻²⁴ for the weights of sums of n products. */
    private static NDArray rounded(NDManager manager, Shape shape, Random random) {
        double terms = shape.dimension() == 4 ? shape.get(1) * shape.get(2) * shape.get(3) : 1;
        double[] factors = new double[(int) shape.size()];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = 1 + (random.nextBoolean() ? 1 : -1) * Math.sqrt(terms) * UNIT;
        }
        return manager.create(factors, shape);
    }

    private static double[] difference(double[] a, double[] b) {
        double[] difference = a.clone();
        for (int i = 0; i < b.length; i++) {
            difference[i] -= b[i];
        }
        return difference;
    }
}
