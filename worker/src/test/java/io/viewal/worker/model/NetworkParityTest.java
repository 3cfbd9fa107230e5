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
import io.viewal.contract.TrainParametersBuilder;
import io.viewal.worker.dataset.VoidLabel;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against an independent PyTorch network with the same weights: {@code src/test/python/parity_vector.py}. */
class NetworkParityTest {

    private static final int FRAMES = 4;
    private static final int CLASSES = 5;
    private static final int HEIGHT = 50;
    private static final int WIDTH = 70;
    private static final double RATE = 1e-3;

    private final NDManager manager = Engine.getInstance().newBaseManager(Device.cpu());
    private final Weights weights = Weights.zeros(manager);
    private final DeepLabV3Plus network = new DeepLabV3Plus(weights, CLASSES);
    private JsonNode expected;
    private NDArray images;
    private NDArray labels;

    @BeforeEach
    void fill() throws IOException {
        try (InputStream in = NetworkParityTest.class.getResourceAsStream("/parity/network.json")) {
            expected = new ObjectMapper().readTree(in);
        }
        weights.all().forEach((name, array) -> {
            long[] shape = array.getShape().getShape();
            Tensors.copy(new Tensor(shape, FormulaTensors.weight(name, shape)), array);
        });
        double[] colours = FormulaTensors.uniform("images", FRAMES * 3 * HEIGHT * WIDTH);
        float[] pixels = new float[colours.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) (colours[i] * 4);
        }
        double[] draws = FormulaTensors.uniform("labels", FRAMES * HEIGHT * WIDTH);
        byte[] ids = new byte[draws.length];
        for (int i = 0; i < ids.length; i++) {
            int id = (int) ((draws[i] + 0.5) * (CLASSES + 1));
            ids[i] = (byte) (id == CLASSES ? VoidLabel.ID : id);
        }
        images = manager.create(pixels, new Shape(FRAMES, 3, HEIGHT, WIDTH));
        labels = manager.create(ByteBuffer.wrap(ids), new Shape(FRAMES, 1, HEIGHT, WIDTH), DataType.UINT8);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void namesAreThoseOfTheStateDict() {
        assertThat(weights.all().keySet()).containsExactlyInAnyOrderElementsOf(texts(expected.get("names")));
    }

    @Test
    void sameWeightsGiveTheSameLogits() {
        assertClose(spread(network.forward(images, Pass.evaluation())), expected.get("evaluationLogits"), 2e-4);
    }

    @Test
    void sameWeightsGiveTheSameGradientsAndStatistics() {
        weights.requireGradients();
        try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            NDArray logits = network.forward(images, Pass.trainingWithoutDropout());
            NDArray loss = new MaskedCrossEntropy(Optional.empty()).apply(logits, labels);
            gradients.backward(loss);
            assertClose(spread(logits), expected.get("trainingLogits"), 2e-4);
        }
        weights.trained().forEach((name, array) -> {
            JsonNode reference = expected.get("gradients").get(name);
            double norm = reference.get(0).asDouble();
            NDArray gradient = array.getGradient();
            assertThat((double) gradient.norm().getFloat()).as(name).isCloseTo(norm, within(1e-3 * norm + 1e-6));
            assertThat((double) gradient.flatten().getFloat(0))
                    .as(name)
                    .isCloseTo(reference.get(1).asDouble(), within(1e-3 * norm + 1e-6));
        });
        expected.get("statistics").properties().forEach(entry -> {
            double norm = entry.getValue().asDouble();
            assertThat((double) weights.all().get(entry.getKey()).norm().getFloat())
                    .as(entry.getKey())
                    .isCloseTo(norm, within(1e-4 * norm));
        });
    }

    @Test
    void stepsLeadTheSameWayWhenTheRateFalls() {
        MomentumSgd optimizer = new MomentumSgd(
                manager,
                weights,
                TrainParametersBuilder.builder().learningRate(RATE).build());
        weights.requireGradients();
        List<Double> losses = new ArrayList<>();
        for (int step = 0; step < 3; step++) {
            double rate = step == 2 ? RATE / 10 : RATE;
            if (step == 2) {
                optimizer.rateChanged(RATE, rate);
            }
            try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                NDArray loss = new MaskedCrossEntropy(Optional.empty())
                        .apply(network.forward(images, Pass.trainingWithoutDropout()), labels);
                losses.add((double) loss.getFloat());
                gradients.backward(loss);
                optimizer.step(rate);
            }
        }
        assertClose(losses.stream().mapToDouble(v -> v).toArray(), expected.get("losses"), 2e-4);
    }

    private static double[] spread(NDArray array) {
        float[] flat = array.toFloatArray();
        double[] samples = new double[64];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = flat[i * (flat.length / samples.length)];
        }
        return samples;
    }

    private static void assertClose(double[] actual, JsonNode reference, double tolerance) {
        assertThat(actual).hasSize(reference.size());
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).as("number " + i).isCloseTo(reference.get(i).asDouble(), within(tolerance));
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.asText()));
        return texts;
    }
}
