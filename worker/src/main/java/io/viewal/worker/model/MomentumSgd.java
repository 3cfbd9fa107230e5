package io.viewal.worker.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.viewal.contract.TrainParameters;
import io.viewal.worker.model.network.Weights;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Stochastic gradient descent with momentum and weight decay, PyTorch's form; the head learns at its own rate. Not the engine's
 * own step: that takes its numbers in single precision.
 */
final class MomentumSgd {

    private final TrainParameters parameters;
    private final Map<String, NDArray> weights;
    private final Map<String, NDArray> velocities = new LinkedHashMap<>();

    /** Velocities start from zero and belong to the manager. */
    MomentumSgd(NDManager manager, Weights weights, TrainParameters parameters) {
        this.parameters = parameters;
        this.weights = weights.trained();
        this.weights.forEach(
                (name, weight) -> velocities.put(name, manager.zeros(weight.getShape(), weight.getDataType())));
    }

    /** By the names of the weights. */
    Map<String, NDArray> velocities() {
        return Collections.unmodifiableMap(velocities);
    }

    /** Takes a step along the gradients and clears them; outside of a gradient's collection. */
    void step(double learningRate) {
        weights.forEach((name, weight) -> {
            double factor = name.startsWith(Weights.BACKBONE) ? 1 : parameters.headLearningRateFactor();
            NDArray velocity = velocities.get(name);
            try (NDArray gradient = weight.getGradient();
                    NDArray decay = weight.mul(parameters.weightDecay())) {
                velocity.muli(parameters.momentum()).addi(gradient).addi(decay);
                try (NDArray way = velocity.mul(learningRate * factor)) {
                    weight.subi(way);
                }
                gradient.muli(0);
            }
        });
    }
}
