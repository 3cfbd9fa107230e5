package io.viewal.worker.model.weights;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Named tensors and texts about them.
 *
 * @param metadata texts by name
 * @param tensors by name
 */
public record TensorFile(SortedMap<String, String> metadata, SortedMap<String, Tensor> tensors) {

    public TensorFile {
        metadata = Collections.unmodifiableSortedMap(metadata);
        tensors = Collections.unmodifiableSortedMap(tensors);
    }

    /** Copies the maps. */
    public static TensorFile of(Map<String, String> metadata, Map<String, Tensor> tensors) {
        return new TensorFile(new TreeMap<>(metadata), new TreeMap<>(tensors));
    }

    /**
     * Reads safetensors or what {@code torch.save} writes, told apart by their first bytes.
     *
     * @throws InvalidInputException InvalidWeights, when it is neither, truncated, or holds more than tensors
     */
    public static TensorFile read(Path file) throws IOException {
        FileStart start = FileStart.of(file);
        start.problem().ifPresent(problem -> {
            throw invalid(file, problem);
        });
        return switch (start) {
            case ZIP -> PytorchArchive.read(file);
            case PICKLE -> LegacyPytorchFile.read(file);
            default -> Safetensors.read(file);
        };
    }

    static InvalidInputException invalid(Path file, String problem) {
        return new InvalidInputException(Reason.InvalidWeights, "Weights '" + file.getFileName() + "': " + problem);
    }
}
