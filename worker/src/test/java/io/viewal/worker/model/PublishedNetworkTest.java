package io.viewal.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import io.viewal.contract.TrainParameters;
import io.viewal.worker.model.MaskedCrossEntropy.Reduction;
import io.viewal.worker.model.network.Architecture;
import io.viewal.worker.model.network.BackboneFeatures;
import io.viewal.worker.model.network.DeepLabV3Plus;
import io.viewal.worker.model.network.Pass;
import io.viewal.worker.model.network.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Against what the published network computes in float64. In float64 the bound is 1e-6 of the largest number of an array, on
 * any processor; predictions are held in float32 as well.
 */
class PublishedNetworkTest {

    private static final double SHARE = 1e-6;
    /** What double precision leaves of terms that cancel: 2⁻⁵² an operation, over sums of some thousand. */
    private static final double ROUNDING = 1e-12;

    /** PyTorch's own float32 differs by 6e-4 from its float64, in logits whose deviation is 6. */
    private static final double SINGLE = 2e-3;

    private static final int STEPS = 3;
    private static final TrainParameters RECIPE = TrainingJobs.parameters(1, 2, 4e-4);

    private GoldenNetwork golden;

    @BeforeEach
    void read() throws IOException {
        golden = new GoldenNetwork();
    }

    @Test
    void recipesMakeTheSameBitsHere() {
        golden.numbers("weights_crc32")
                .properties()
                .forEach(entry -> assertThat(crc(golden.weight(entry.getKey()).values()))
                        .as(entry.getKey())
                        .isEqualTo(entry.getValue().asLong()));
        Batch batch = golden.batch();
        int plane = GoldenNetwork.SIZE.pixels();
        for (int frame = 0; frame < GoldenNetwork.FRAMES; frame++) {
            assertThat(crc(Arrays.copyOfRange(batch.images(), frame * 3 * plane, (frame + 1) * 3 * plane)))
                    .isEqualTo(golden.numbers("image_crc32").get(frame).asLong());
            CRC32 labels = new CRC32();
            labels.update(batch.labels(), frame * plane, plane);
            assertThat(labels.getValue())
                    .isEqualTo(golden.numbers("label_crc32").get(frame).asLong());
        }
    }

    @ParameterizedTest
    @CsvSource({"MOBILENET_V2_PUBLISHED, published", "MOBILENET_V2, standard"})
    void predictsTheSame(Architecture architecture, String padding) throws IOException {
        predicts(architecture, padding, DataType.FLOAT64);
    }

    @ParameterizedTest
    @CsvSource({"MOBILENET_V2_PUBLISHED, published", "MOBILENET_V2, standard"})
    void predictsTheSameInSinglePrecisionButForItsRounding(Architecture architecture, String padding)
            throws IOException {
        predicts(architecture, padding, DataType.FLOAT32);
    }

    private void predicts(Architecture architecture, String padding, DataType type) throws IOException {
        try (NDManager manager = Engine.getInstance().newBaseManager(Device.cpu())) {
            Weights weights = Weights.zeros(manager, type);
            DeepLabV3Plus network = new DeepLabV3Plus(weights, architecture, golden.classes());
            golden.fill(weights);
            NDArray images = images(manager);

            NDArray logits = network.forward(images, Pass.evaluation());
            assertClose(strided(logits), golden.array("eval_logits_" + padding + "_stride8_f32"), type);
            if (type == DataType.FLOAT64) {
                assertSummary(logits, golden.numbers("eval_" + padding));
            }
            BackboneFeatures features = network.backbone(images, Pass.evaluation());
            BackboneFeatures masked = GoldenNetwork.masks().apply(manager, features, 0, GoldenNetwork.FRAMES);
            NDArray sampled = network.resize(network.classify(network.decode(masked, Pass.evaluation())), 240, 320);
            assertClose(strided(sampled), golden.array("mc_logits_" + padding + "_stride8_f32"), type);
            assertClose(doubles(network.pooledFeatures(images)), golden.array("features_" + padding + "_f32"), type);
        }
    }

    /** Every eighth row and column of [N, C, H, W]. */
    private static double[] strided(NDArray logits) {
        return doubles(logits.get(":, :, ::8, ::8"));
    }

    private static double[] doubles(NDArray array) {
        return array.toType(DataType.FLOAT64, false).toDoubleArray();
    }

    @ParameterizedTest
    @CsvSource({
        "MOBILENET_V2_PUBLISHED, MEAN, published_mean",
        "MOBILENET_V2_PUBLISHED, MEAN_BY_FRAMES, published_batch-divided",
        "MOBILENET_V2, MEAN, standard_mean",
        "MOBILENET_V2, MEAN_BY_FRAMES, standard_batch-divided"
    })
    void trainsTheSame(Architecture architecture, Reduction reduction, String name) {
        ModelFile model =
                new ModelFile(architecture, Collections.nCopies(golden.classes(), "a class"), GoldenNetwork.SIZE);
        MaskedCrossEntropy loss = new MaskedCrossEntropy(Optional.empty(), reduction);
        try (Replicas replicas = new Replicas(List.of(Device.cpu()), model, 0, loss, DataType.FLOAT64)) {
            golden.fill(replicas.weights());
            MomentumSgd optimizer = new MomentumSgd(replicas.manager(), replicas.weights(), RECIPE);
            for (int step = 0; step < STEPS; step++) {
                double value = replicas.backward(golden.batch(), replica -> Pass.training(GoldenNetwork.masks()));
                double expected =
                        golden.numbers("train_" + name + "_loss").get(step).asDouble();
                assertThat(value).as("loss of step " + step).isCloseTo(expected, within(SHARE * expected));
                if (step == 0) {
                    assertTensors(gradients(replicas.weights()), golden.numbers("train_" + name + "_grad"));
                }
                optimizer.step(RECIPE.learningRate());
            }
            assertTensors(replicas.weights().all(), golden.numbers("train_" + name + "_after3"));
        }
    }

    private static Map<String, NDArray> gradients(Weights weights) {
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        weights.trained().forEach((name, weight) -> gradients.put(name, weight.getGradient()));
        return gradients;
    }

    /**
     * Norm, sum (to a share of the sum of absolute values) and first three numbers of each tensor. Where a batch norm follows, the gradient of a bias is zero, and what
     * stands there is the rounding of the terms that cancel: as small against the largest of all.
     */
    private static void assertTensors(Map<String, NDArray> actual, JsonNode expected) {
        Map<String, double[]> arrays = new LinkedHashMap<>();
        actual.forEach((name, array) -> arrays.put(name, array.toDoubleArray()));
        double cancelled = ROUNDING
                * arrays.values().stream().mapToDouble(Numbers::largest).max().orElseThrow();
        expected.properties().forEach(entry -> {
            double[] values = arrays.get(GoldenNetwork.ownName(entry.getKey()));
            double[] numbers = {Numbers.length(values), Numbers.sum(values), values[0], values[1], values[2]};
            double largest = Numbers.largest(values);
            double[] scales = {numbers[0], Numbers.sumOfSizes(values), largest, largest, largest};
            for (int i = 0; i < numbers.length; i++) {
                assertThat(numbers[i])
                        .as("number " + i + " of " + entry.getKey())
                        .isCloseTo(entry.getValue().get(i).asDouble(), within(SHARE * scales[i] + cancelled));
            }
        });
    }

    private static void assertSummary(NDArray logits, JsonNode expected) {
        double mean = expected.get("mean").asDouble();
        double deviation = expected.get("std").asDouble();
        assertThat(logits.mean().getDouble()).isCloseTo(mean, within(SHARE * deviation));
        assertThat(Math.sqrt(logits.sub(logits.mean()).square().mean().getDouble()))
                .isCloseTo(deviation, within(SHARE * deviation));
        long[] counts = new long[expected.get("argmax_counts").size()];
        for (long best : logits.argMax(1).toLongArray()) {
            counts[(int) best]++;
        }
        for (int c = 0; c < counts.length; c++) {
            assertThat(counts[c]).isEqualTo(expected.get("argmax_counts").get(c).asLong());
        }
    }

    private NDArray images(NDManager manager) {
        return manager.create(golden.batch().images(), new Shape(GoldenNetwork.FRAMES, 3, 240, 320));
    }

    private static void assertClose(double[] actual, double[] expected, DataType type) {
        double bound = type == DataType.FLOAT64 ? SHARE * Numbers.largest(expected) : SINGLE;
        assertThat(Numbers.greatestDifference(actual, expected)).isLessThan(bound);
    }

    private static long crc(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        CRC32 crc = new CRC32();
        crc.update(bytes.array());
        return crc.getValue();
    }
}
