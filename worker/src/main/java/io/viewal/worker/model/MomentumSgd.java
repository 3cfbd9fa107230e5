package io.viewal.worker.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.viewal.contract.TrainParameters;
import io.viewal.worker.model.network.Weights;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Stochastic gradient descent with momentum and weight decay; the head learns at its own rate. The engine's step keeps
 * the rate inside the velocity, so velocities are scaled when it changes: then it is PyTorch's form.
 */
final class MomentumSgd {

    private final TrainParameters parameters;
    private final Map<String, NDArray> weights;
    private final Map<String, NDArray> velocities = new LinkedHashMap<>();

    /** Velocities start from zero and belong to the manager. */
    MomentumSgd(NDManager manager, Weights weights, TrainParameters parameters) {
        this.parameters = parameters;
        this.weights = weights.trained();
        this.weights.forEach((name, weight) -> velocities.put(name, manager.zeros(weight.getShape())));
    }

    /** By the names of the weights. */
    Map<String, NDArray> velocities() {
        return Collections.unmodifiableMap(velocities);
    }

    /** Must be called when the rate is another than that of the step before. */
    void rateChanged(double before, double now) {
        velocities.values().forEach(velocity -> velocity.muli((float) (now / before)));
    }

    /** Takes a step along the gradients and clears them. */
    void step(double learningRate) {
        weights.forEach((name, weight) -> {
            double factor = name.startsWith(Weights.BACKBONE) ? 1 : parameters.headLearningRateFactor();
            try (NDArray gradient = weight.getGradient()) {
                weight.getNDArrayInternal()
                        .sgdUpdate(
                                new NDList(weight, gradient, velocities.get(name)),
                                new NDList(weight),
                                (float) (learningRate * factor),
                                parameters.weightDecay().floatValue(),
                                1,
                                -1,
                                parameters.momentum().floatValue(),
                                false);
            }
        });
    }
}
