package io.viewal.worker.model;

import ai.djl.ndarray.NDArray;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.model.network.Weights;
import io.viewal.worker.model.weights.Tensor;
import io.viewal.worker.model.weights.TensorFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts a pretrained state dict, of a MobileNetV2 or of the whole network, into a network. */
final class StateDictLoader {

    /** The classifier depends on the classes, so another number of them is no error. */
    private static final String CLASSIFIER = "decoder.last_conv.8.";

    private StateDictLoader() {}

    /**
     * Takes the tensors that the network has.
     *
     * @throws InvalidInputException InvalidWeights, when a shape differs or parts of the backbone are missing
     */
    static PretrainedReport load(Path file, Weights weights) throws IOException {
        Map<String, Tensor> tensors = new TreeMap<>();
        SortedMap<String, Tensor> stored = TensorFile.read(file).tensors();
        StateDictNames names = new StateDictNames(stored.keySet());
        stored.forEach((name, tensor) -> names.translate(name).ifPresent(own -> tensors.put(own, tensor)));
        List<String> matched = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        weights.all().forEach((name, target) -> {
            Tensor tensor = tensors.remove(name);
            if (tensor == null || (name.startsWith(CLASSIFIER) && !sameShape(tensor, target))) {
                missing.add(name);
                return;
            }
            check(file, name, tensor, target);
            matched.add(name);
            Tensors.copy(tensor, target);
        });
        PretrainedReport report = new PretrainedReport(matched, missing, List.copyOf(tensors.keySet()));
        boolean complete = missing.stream()
                .allMatch(name ->
                        names.wholeNetwork() ? name.startsWith(CLASSIFIER) : !name.startsWith(Weights.BACKBONE));
        if (!complete) {
            throw new InvalidInputException(Reason.InvalidWeights, incomplete(file, report));
        }
        return report;
    }

    static boolean sameShape(Tensor tensor, NDArray target) {
        return Arrays.equals(tensor.shape(), target.getShape().getShape());
    }

    private static void check(Path file, String name, Tensor tensor, NDArray target) {
        if (!sameShape(tensor, target)) {
            throw new InvalidInputException(
                    Reason.InvalidWeights,
                    "Pretrained weights '" + file.getFileName() + "': tensor '" + name + "' has the shape "
                            + tensor.shapeText() + ", expected " + target.getShape()
                            + "; they are of another network than MobileNetV2 (width 1) or DeepLabv3+ on it");
        }
    }

    private static String incomplete(Path file, PretrainedReport report) {
        return "Pretrained weights '" + file.getFileName() + "' are of another network than MobileNetV2 (width 1) or"
                + " DeepLabv3+ on it: " + report + "; missing " + first(report.missing()) + ", unexpected "
                + first(report.unexpected());
    }

    private static String first(List<String> names) {
        return names.isEmpty() ? "none" : "'" + names.getFirst() + "' and others";
    }
}
