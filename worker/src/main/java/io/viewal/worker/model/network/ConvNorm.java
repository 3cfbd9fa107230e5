package io.viewal.worker.model.network;

import ai.djl.ndarray.NDArray;

/** A convolution without bias, its batch norm and its activation. */
final class ConvNorm {

    private final Geometry geometry;
    private final NDArray weight;
    private final BatchNorm norm;
    private final Activation activation;

    ConvNorm(Weights weights, String conv, String norm, int in, int out, Geometry geometry, Activation activation) {
        this.geometry = geometry;
        this.weight = weights.kernel(conv + ".weight", out, in / geometry.groups(), geometry.kernel());
        this.norm = new BatchNorm(weights, norm, out);
        this.activation = activation;
    }

    NDArray apply(NDArray x, Pass pass) {
        NDArray y = Convolution.apply(x, weight, null, geometry);
        return activation.apply(norm.apply(y, pass), pass);
    }
}
