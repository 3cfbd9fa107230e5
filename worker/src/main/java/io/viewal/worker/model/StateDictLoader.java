package io.viewal.worker.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.viewal.contract.Backbone;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.model.network.Weights;
import io.viewal.worker.model.weights.Tensor;
import io.viewal.worker.model.weights.TensorFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts a pretrained state dict, of a backbone or of the whole network, into a network. */
final class StateDictLoader {

    private StateDictLoader() {}

    /**
     * Takes the tensors that the network has.
     *
     * @throws InvalidInputException InvalidWeights, when parts of the backbone (or of the rest, if the file has any of it)
     *     are missing, of another shape, not finite, or there twice
     */
    static PretrainedReport load(Path file, Weights weights) throws IOException {
        Map<String, Tensor> stored = TensorFile.read(file).tensors();
        Map<String, long[]> shapes = new LinkedHashMap<>();
        stored.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        StateDictFit fit = StateDictFit.of(shapes, shapes(weights));
        if (!fit.fits()) {
            throw invalid(file, diagnosis(fit) + ": " + fit.problem());
        }
        PretrainedReport report = fit.report();
        for (String name : report.matched()) {
            Tensors.copy(
                    tensor(file, name, fit.names().get(name), stored),
                    weights.all().get(name));
        }
        return report;
    }

    private static String diagnosis(StateDictFit fit) {
        if (fit.isOfOtherWidth()) {
            return "they have the layers of the backbone that is trained at another width";
        }
        try (NDManager manager = Engine.getInstance().newBaseManager(Device.cpu())) {
            for (Backbone backbone : Backbone.values()) {
                Weights weights = BackboneWeights.weights(manager, backbone);
                if (StateDictFit.of(fit.stored(), shapes(weights)).fits()) {
                    return "they are of the backbone " + backbone
                            + " and another one is trained; set training.backbone to"
                            + " it, or name weights of the other one";
                }
            }
        }
        return "they are of another network than the one that is trained";
    }

    /** A tensor that the file may have under several names, as the same module may be in several places. */
    private static Tensor tensor(Path file, String own, List<String> names, Map<String, Tensor> stored) {
        String name = names.getFirst();
        Tensor tensor = stored.get(name);
        for (String other : names) {
            if (!Arrays.equals(stored.get(other).values(), tensor.values())) {
                throw invalid(
                        file,
                        "'" + name + "' and '" + other + "' are both '" + own
                                + "' and differ, expected one of them; leave one network in the file");
            }
        }
        tensor.notFinite().ifPresent(value -> {
            throw invalid(
                    file,
                    "tensor '" + name + "' " + tensor.shapeText() + " has the value " + value
                            + ", expected finite numbers; take weights of a training that did not diverge");
        });
        return tensor;
    }

    static boolean sameShape(Tensor tensor, NDArray target) {
        return Arrays.equals(tensor.shape(), target.getShape().getShape());
    }

    private static Map<String, long[]> shapes(Weights weights) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        weights.all().forEach((name, array) -> shapes.put(name, array.getShape().getShape()));
        return shapes;
    }

    private static InvalidInputException invalid(Path file, String problem) {
        return new InvalidInputException(
                Reason.InvalidWeights, "Pretrained weights '" + file.getFileName() + "': " + problem);
    }
}
