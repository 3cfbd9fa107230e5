package io.viewal.worker.model.network;

import ai.djl.ndarray.NDArray;

/** Batch normalisation over the channels of [N, C, H, W]. */
final class BatchNorm {

    /** PyTorch's default. */
    static final float EPSILON = 1e-5f;

    /** The engine takes the share that is kept; PyTorch's momentum of 0.1 is the share of the new. */
    private static final float KEPT = 0.9f;
    /** Any other axis makes the engine swap axes before and after. */
    private static final int CHANNELS = -1;

    private final NDArray weight;
    private final NDArray bias;
    private final NDArray mean;
    private final NDArray variance;
    private final float epsilon;

    BatchNorm(Weights weights, String name, int channels, float epsilon) {
        this.epsilon = epsilon;
        weight = weights.vector(name + ".weight", channels, 1);
        bias = weights.vector(name + ".bias", channels, 0);
        mean = weights.statistic(name + ".running_mean", channels, 0);
        variance = weights.statistic(name + ".running_var", channels, 1);
    }

    NDArray apply(NDArray x, Pass pass) {
        return x.getNDArrayInternal()
                .batchNorm(x, mean, variance, weight, bias, CHANNELS, KEPT, epsilon, pass.training())
                .head();
    }
}
