package io.viewal.worker.model;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.viewal.contract.Backbone;
import io.viewal.contract.ContractJson;
import io.viewal.contract.Mode;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.model.network.Architecture;
import io.viewal.worker.model.network.DeepLabV3Plus;
import io.viewal.worker.model.network.Weights;
import io.viewal.worker.model.weights.Safetensors;
import io.viewal.worker.model.weights.Tensor;
import io.viewal.worker.model.weights.TensorFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * {@code model.safetensors}: the state dict and what a predictor must know of it.
 *
 * @param architecture of the network that the tensors belong to
 * @param classes names by id
 * @param size of the frames that it was trained with
 */
record ModelFile(Architecture architecture, List<String> classes, ImageSize size) {

    private static final String ARCHITECTURE = "architecture";
    private static final String CLASSES = "classes";
    private static final String WIDTH = "width";
    private static final String HEIGHT = "height";

    /** The architecture that a training of this mode and backbone has. */
    static Architecture architecture(Mode mode, Backbone backbone) {
        return switch (backbone) {
            case MobileNetV2 ->
                mode == Mode.reference ? Architecture.MOBILENET_V2_PUBLISHED : Architecture.MOBILENET_V2;
            case EfficientNetLite0 -> Architecture.EFFICIENTNET_LITE0;
        };
    }

    /** Whether a file says what it is of, as a state dict of others does not. */
    static boolean isDescribed(TensorFile content) {
        return content.metadata().containsKey(ARCHITECTURE);
    }

    /** Builds the network and adds its tensors to the weights. */
    DeepLabV3Plus network(Weights weights) {
        return new DeepLabV3Plus(weights, architecture, classes.size());
    }

    void write(Path file, Map<String, Tensor> tensors) throws IOException {
        Map<String, String> metadata = Map.of(
                ARCHITECTURE,
                architecture.id(),
                CLASSES,
                ContractJson.mapper().valueToTree(classes).toString(),
                WIDTH,
                Integer.toString(size.width()),
                HEIGHT,
                Integer.toString(size.height()));
        Safetensors.write(file, TensorFile.of(metadata, tensors));
    }

    /** Reads what is said about the tensors. */
    static ModelFile of(Path file, TensorFile content) {
        SortedMap<String, String> metadata = content.metadata();
        Architecture architecture = Architecture.of(metadata.getOrDefault(ARCHITECTURE, ""))
                .orElseThrow(() -> invalid(
                        file,
                        "its architecture is '" + metadata.getOrDefault(ARCHITECTURE, "unknown") + "', expected one of "
                                + Arrays.stream(Architecture.values())
                                        .map(Architecture::id)
                                        .toList()
                                + "; take the model of a TRAIN stage"));
        try {
            String[] classes = ContractJson.mapper().readValue(metadata.get(CLASSES), String[].class);
            int width = Integer.parseInt(metadata.get(WIDTH));
            int height = Integer.parseInt(metadata.get(HEIGHT));
            return new ModelFile(architecture, List.of(classes), new ImageSize(width, height));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw invalid(file, "its metadata lack classes, width or height; take the model of a TRAIN stage");
        }
    }

    /**
     * Puts a file's whole model into a network of this architecture and these classes.
     *
     * @throws InvalidInputException InvalidWeights, when it is of another architecture, of other classes or not such a
     *     model
     */
    PretrainedReport load(Path file, Weights weights) throws IOException {
        TensorFile content = Safetensors.read(file);
        ModelFile found = of(file, content);
        if (found.architecture() != architecture) {
            throw invalid(
                    file,
                    "its architecture is '" + found.architecture().id() + "', expected '" + architecture.id()
                            + "' by training.mode and training.backbone; go on with those of the model, or start from"
                            + " pretrained weights");
        }
        if (!found.classes().equals(classes)) {
            throw invalid(
                    file,
                    "it tells " + found.classes().size() + " classes apart, " + found.classes() + ", expected the "
                            + classes.size() + " of the data set, " + classes + "; start from pretrained weights");
        }
        load(file, content, weights);
        return new PretrainedReport(List.copyOf(weights.all().keySet()), List.of(), List.of(), List.of());
    }

    /** Puts every tensor into the network. */
    static void load(Path file, TensorFile content, Weights weights) {
        for (Map.Entry<String, NDArray> entry : weights.all().entrySet()) {
            Tensor tensor = content.tensors().get(entry.getKey());
            String expected = entry.getValue().getShape().toString();
            if (tensor == null) {
                throw invalid(file, "tensor '" + entry.getKey() + "' is missing");
            }
            if (!StateDictLoader.sameShape(tensor, entry.getValue())) {
                throw invalid(
                        file,
                        "tensor '" + entry.getKey() + "' has the shape " + tensor.shapeText() + ", expected "
                                + expected);
            }
            tensor.notFinite().ifPresent(value -> {
                throw invalid(
                        file, "tensor '" + entry.getKey() + "' has the value " + value + ", expected finite numbers");
            });
            Tensors.copy(tensor, entry.getValue());
        }
    }

    static InvalidInputException invalid(Path file, String problem) {
        return new InvalidInputException(
                Reason.InvalidWeights, "Model '" + file.getFileName() + "' can't be used: " + problem);
    }
}
