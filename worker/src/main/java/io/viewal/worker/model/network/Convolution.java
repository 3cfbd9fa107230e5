package io.viewal.worker.model.network;

import ai.djl.ndarray.NDArray;

/** Square convolutions by the engine. */
final class Convolution {

    private Convolution() {}

    /** Convolves [N, C, H, W] with [out, C / groups, k, k]; the bias may be null. */
    static NDArray apply(NDArray x, NDArray weight, NDArray bias, Geometry geometry) {
        return x.getNDArrayInternal()
                .convolution(
                        x,
                        weight,
                        bias,
                        geometry.strideShape(),
                        geometry.padding(),
                        geometry.dilationShape(),
                        geometry.groups())
                .head();
    }
}
