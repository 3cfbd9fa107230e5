package io.viewal.worker.model.network;

import ai.djl.ndarray.NDArray;

/** A convolution without bias, its batch norm and its activation. */
final class ConvNorm {

    private final Geometry geometry;
    private final NDArray weight;
    private final BatchNorm norm;
    private final Activation activation;

    /**
     * What such a layer is.
     *
     * @param in channels of its input
     * @param out channels of its output
     * @param epsilon of the batch norm
     */
    record Layer(int in, int out, Geometry geometry, Activation activation, float epsilon) {

        /** A layer of the head: PyTorch's epsilon, ReLU. */
        static Layer head(int in, int out, Geometry geometry) {
            return new Layer(in, out, geometry, Activation.RELU, BatchNorm.EPSILON);
        }
    }

    ConvNorm(Weights weights, String conv, String norm, Layer layer) {
        this.geometry = layer.geometry();
        this.weight = weights.kernel(conv + ".weight", layer.out(), layer.in() / geometry.groups(), geometry.kernel());
        this.norm = new BatchNorm(weights, norm, layer.out(), layer.epsilon());
        this.activation = layer.activation();
    }

    NDArray apply(NDArray x, Pass pass) {
        NDArray y = Convolution.apply(x, weight, null, geometry);
        return activation.apply(norm.apply(y, pass), pass);
    }
}
