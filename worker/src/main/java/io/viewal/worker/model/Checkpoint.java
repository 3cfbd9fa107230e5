package io.viewal.worker.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.viewal.contract.ContractJson;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.model.weights.Safetensors;
import io.viewal.worker.model.weights.Tensor;
import io.viewal.worker.model.weights.TensorFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * All of a training's state between two iterations, outside of the engine.
 *
 * @param counters what is counted
 * @param weights by name
 * @param velocities by the weights' names
 * @param best the best weights so far; empty before the first validation
 */
record Checkpoint(
        TrainingCounters counters,
        Map<String, Tensor> weights,
        Map<String, Tensor> velocities,
        Map<String, Tensor> best) {

    private static final String COUNTERS = "counters";
    private static final String FINGERPRINT = "job";
    private static final String WEIGHT = "weight.";
    private static final String VELOCITY = "velocity.";
    private static final String BEST = "best.";

    /** Writes one file; the fingerprint tells the job that it belongs to. */
    void write(Path file, String fingerprint) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        weights.forEach((name, tensor) -> tensors.put(WEIGHT + name, tensor));
        velocities.forEach((name, tensor) -> tensors.put(VELOCITY + name, tensor));
        best.forEach((name, tensor) -> tensors.put(BEST + name, tensor));
        String json = ContractJson.mapper().valueToTree(counters).toString();
        Safetensors.write(file, TensorFile.of(Map.of(COUNTERS, json, FINGERPRINT, fingerprint), tensors));
    }

    /** Reads such a file; empty if it is of another job, as after a change of its parameters. */
    static Optional<Checkpoint> read(Path file, String fingerprint) throws IOException {
        TensorFile content = Safetensors.read(file);
        if (!fingerprint.equals(content.metadata().get(FINGERPRINT))) {
            return Optional.empty();
        }
        Map<String, Tensor> weights = new LinkedHashMap<>();
        Map<String, Tensor> velocities = new LinkedHashMap<>();
        Map<String, Tensor> best = new LinkedHashMap<>();
        content.tensors().forEach((name, tensor) -> {
            if (name.startsWith(WEIGHT)) {
                weights.put(name.substring(WEIGHT.length()), tensor);
            } else if (name.startsWith(VELOCITY)) {
                velocities.put(name.substring(VELOCITY.length()), tensor);
            } else if (name.startsWith(BEST)) {
                best.put(name.substring(BEST.length()), tensor);
            }
        });
        return Optional.of(new Checkpoint(counters(content), weights, velocities, best));
    }

    private static TrainingCounters counters(TensorFile content) {
        try {
            return ContractJson.mapper().readValue(content.metadata().get(COUNTERS), TrainingCounters.class);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new InvalidInputException(
                    Reason.CorruptArtifact, "The checkpoint has no counters that can be read; delete it", e);
        }
    }
}
