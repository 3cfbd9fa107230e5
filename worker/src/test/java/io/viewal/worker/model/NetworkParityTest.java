package io.viewal.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.model.network.Architecture;
import io.viewal.worker.model.network.DeepLabV3Plus;
import io.viewal.worker.model.network.Pass;
import io.viewal.worker.model.network.Weights;
import io.viewal.worker.model.weights.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Against an independent PyTorch network with the same weights ({@code src/test/python/parity_vector.py}), both in float64,
 * at a size that divides by nothing. Numbers are compared to 1e-6 of the largest, or of a tensor's length.
 */
class NetworkParityTest {

    private static final double SHARE = 1e-6;
    /** What double precision leaves of gradients that cancel to zero, as those of biases before a batch norm do. */
    private static final double ROUNDING = 1e-9;

    private static final int FRAMES = 4;
    private static final int CLASSES = 5;
    private static final int HEIGHT = 50;
    private static final int WIDTH = 70;
    private static final double RATE = 1e-3;

    private final NDManager manager = Engine.getInstance().newBaseManager(Device.cpu());
    private final Weights weights = Weights.zeros(manager, DataType.FLOAT64);
    private DeepLabV3Plus network;
    private JsonNode expected;
    private NDArray images;
    private NDArray labels;

    private void fill(Architecture architecture, String file) throws IOException {
        try (InputStream in = NetworkParityTest.class.getResourceAsStream("/parity/" + file)) {
            expected = new ObjectMapper().readTree(in);
        }
        network = new DeepLabV3Plus(weights, architecture, CLASSES);
        weights.all().forEach((name, array) -> {
            long[] shape = array.getShape().getShape();
            Tensors.copy(new Tensor(shape, FormulaTensors.weight(name, shape)), array);
        });
        double[] draws = FormulaTensors.uniform("labels", FRAMES * HEIGHT * WIDTH);
        byte[] ids = new byte[draws.length];
        for (int i = 0; i < ids.length; i++) {
            int id = (int) ((draws[i] + 0.5) * (CLASSES + 1));
            ids[i] = (byte) (id == CLASSES ? VoidLabel.ID : id);
        }
        images = manager.create(
                FormulaTensors.image("images", FRAMES * 3 * HEIGHT * WIDTH), new Shape(FRAMES, 3, HEIGHT, WIDTH));
        labels = manager.create(ByteBuffer.wrap(ids), new Shape(FRAMES, 1, HEIGHT, WIDTH), DataType.UINT8);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({"MOBILENET_V2, MobileNetV2.json", "EFFICIENTNET_LITE0, EfficientNetLite0.json"})
    void sameWeightsGiveTheSameLogitsGradientsAndStatistics(Architecture architecture, String file) throws IOException {
        fill(architecture, file);
        assertThat(weights.all().keySet()).containsExactlyInAnyOrderElementsOf(texts(expected.get("names")));
        assertClose(spread(network.forward(images, Pass.evaluation())), expected.get("evaluationLogits"));
        weights.requireGradients();
        try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            NDArray logits = network.forward(images, Pass.trainingWithoutDropout());
            gradients.backward(mean(logits));
            assertClose(spread(logits), expected.get("trainingLogits"));
        }
        weights.trained().forEach((name, array) -> {
            JsonNode reference = expected.get("gradients").get(name);
            double[] gradient = array.getGradient().toDoubleArray();
            double norm = reference.get(0).asDouble();
            assertThat(Numbers.length(gradient)).as(name).isCloseTo(norm, within(SHARE * norm + ROUNDING));
            assertThat(gradient[0]).as(name).isCloseTo(reference.get(1).asDouble(), within(SHARE * norm + ROUNDING));
        });
        expected.get("statistics").properties().forEach(entry -> {
            double norm = entry.getValue().asDouble();
            assertThat(Numbers.length(weights.all().get(entry.getKey()).toDoubleArray()))
                    .as(entry.getKey())
                    .isCloseTo(norm, within(SHARE * norm));
        });
    }

    @ParameterizedTest
    @CsvSource({"MOBILENET_V2, MobileNetV2.json", "EFFICIENTNET_LITE0, EfficientNetLite0.json"})
    void stepsLeadTheSameWayWhenTheRateFalls(Architecture architecture, String file) throws IOException {
        fill(architecture, file);
        MomentumSgd optimizer = new MomentumSgd(manager, weights, TrainingJobs.parameters(1, FRAMES, RATE));
        weights.requireGradients();
        List<Double> losses = new ArrayList<>();
        for (int step = 0; step < 3; step++) {
            double rate = step == 2 ? RATE / 10 : RATE;
            try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                NDArray loss = mean(network.forward(images, Pass.trainingWithoutDropout()));
                losses.add(loss.getDouble());
                gradients.backward(loss);
            }
            optimizer.step(rate);
        }
        assertClose(losses.stream().mapToDouble(v -> v).toArray(), expected.get("losses"));
    }

    private NDArray mean(NDArray logits) {
        return new MaskedCrossEntropy(Optional.empty(), MaskedCrossEntropy.Reduction.MEAN).apply(logits, labels);
    }

    private static double[] spread(NDArray array) {
        double[] flat = array.toDoubleArray();
        double[] samples = new double[64];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = flat[i * (flat.length / samples.length)];
        }
        return samples;
    }

    private static void assertClose(double[] actual, JsonNode reference) {
        double[] numbers = new double[reference.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = reference.get(i).asDouble();
        }
        assertThat(Numbers.greatestDifference(actual, numbers)).isLessThan(SHARE * Numbers.largest(numbers));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.asText()));
        return texts;
    }
}
