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
import com.fasterxml.jackson.databind.ObjectMapper;
import io.viewal.worker.model.network.Architecture;
import io.viewal.worker.model.network.BackboneFeatures;
import io.viewal.worker.model.network.DeepLabV3Plus;
import io.viewal.worker.model.network.Pass;
import io.viewal.worker.model.network.Weights;
import io.viewal.worker.model.weights.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Against the network that EfficientNet-Lite0's published PyTorch weights belong to, PyPI's efficientnet-lite-pytorch 0.1.0,
 * in float64: {@code src/test/python/lite0_vector.py} gave it weights by formula, dropped its last stride, dilated the stage
 * after it, and stored some of its features.
 */
class EfficientNetLite0Test {

    private static final double SHARE = 1e-6;

    @Test
    void featuresAreThoseOfThePackagesNetwork() throws IOException {
        JsonNode expected;
        try (InputStream in = EfficientNetLite0Test.class.getResourceAsStream("/parity/lite0_package.json")) {
            expected = new ObjectMapper().readTree(in);
        }
        int size = expected.get("size").asInt();
        try (NDManager manager = Engine.getInstance().newBaseManager(Device.cpu())) {
            Weights weights = Weights.zeros(manager, DataType.FLOAT64);
            DeepLabV3Plus network = new DeepLabV3Plus(weights, Architecture.EFFICIENTNET_LITE0, 2);
            List<String> names = new ArrayList<>();
            expected.get("names").forEach(name -> names.add(name.asText()));
            assertThat(weights.all().keySet().stream().filter(name -> name.startsWith(Weights.BACKBONE)))
                    .containsExactlyInAnyOrderElementsOf(names);
            names.forEach(name -> {
                NDArray array = weights.all().get(name);
                long[] shape = array.getShape().getShape();
                Tensors.copy(new Tensor(shape, FormulaTensors.weight(name, shape)), array);
            });

            NDArray image = manager.create(FormulaTensors.image("image", 3 * size * size), new Shape(1, 3, size, size));
            BackboneFeatures features = network.backbone(image, Pass.evaluation());

            assertSame(features.low(), expected.get("low"));
            assertSame(features.high(), expected.get("high"));
        }
    }

    private static void assertSame(NDArray features, JsonNode expected) {
        for (int d = 0; d < expected.get("shape").size(); d++) {
            assertThat(features.getShape().get(d))
                    .isEqualTo(expected.get("shape").get(d).asLong());
        }
        double[] flat = features.toDoubleArray();
        double norm = expected.get("norm").asDouble();
        assertThat(Numbers.length(flat)).isCloseTo(norm, within(SHARE * norm));
        JsonNode samples = expected.get("samples");
        for (int i = 0; i < samples.size(); i++) {
            assertThat(flat[i * (flat.length / samples.size())])
                    .isCloseTo(samples.get(i).asDouble(), within(SHARE * Numbers.largest(flat)));
        }
    }
}
