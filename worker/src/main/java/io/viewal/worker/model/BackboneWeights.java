package io.viewal.worker.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.viewal.contract.Backbone;
import io.viewal.contract.ContractJson;
import io.viewal.worker.model.network.Architecture;
import io.viewal.worker.model.network.DeepLabV3Plus;
import io.viewal.worker.model.network.Weights;
import io.viewal.worker.model.weights.Safetensors;
import io.viewal.worker.model.weights.Tensor;
import io.viewal.worker.model.weights.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Turns weights of others into a file of a backbone's tensors by the network's names, in float32. */
public final class BackboneWeights {

    /** The head is built beside the backbone and not looked at, so that its classes don't matter. */
    private static final int CLASSES = 1;

    private BackboneWeights() {}

    /**
     * Converts.
     *
     * @param from a {@code .pth} or {@code .safetensors} that a training could begin with
     * @param to a {@code .safetensors}; overwritten
     * @throws io.viewal.worker.InvalidInputException InvalidWeights, when the file does not fit the backbone
     */
    public static PretrainedReport convert(Path from, Backbone backbone, Path to) throws IOException {
        try (NDManager manager = Engine.getInstance().newBaseManager(Device.cpu())) {
            Weights weights = weights(manager, backbone);
            PretrainedReport report = StateDictLoader.load(from, weights);
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            weights.all().forEach((name, array) -> {
                if (name.startsWith(Weights.BACKBONE)) {
                    tensors.put(name, Tensors.plain(array));
                }
            });
            Map<String, String> metadata = Map.of(
                    "backbone",
                    backbone.name(),
                    "source",
                    from.getFileName().toString(),
                    "sourceSha256",
                    ContractJson.sha256(Files.readAllBytes(from)));
            Safetensors.write(to, TensorFile.of(metadata, tensors));
            return report;
        }
    }

    /** The tensors of a network on this backbone, all zero or one. */
    static Weights weights(NDManager manager, Backbone backbone) {
        Architecture architecture = switch (backbone) {
            case MobileNetV2 -> Architecture.MOBILENET_V2;
            case EfficientNetLite0 -> Architecture.EFFICIENTNET_LITE0;
        };
        Weights weights = Weights.zeros(manager);
        new DeepLabV3Plus(weights, architecture, CLASSES);
        return weights;
    }
}
