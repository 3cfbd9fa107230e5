package io.viewal.worker.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/** The decoder's first layer: coarse features enlarged and joined to fine ones, a 3 x 3 convolution, norm and ReLU. */
final class EnlargingConvNorm {

    private final int coarse;
    private final NDArray weight;
    private final BatchNorm norm;

    EnlargingConvNorm(Weights weights, String conv, String norm, int coarse, int fine, int out) {
        this.coarse = coarse;
        this.weight = weights.kernel(
                conv + ".weight", out, coarse + fine, Geometry.square3().kernel());
        this.norm = new BatchNorm(weights, norm, out, BatchNorm.EPSILON);
    }

    /** As the convolution of both joined: the sum of the convolutions of each by its part of the kernel. */
    NDArray apply(NDArray coarseFeatures, NDArray fineFeatures, Pass pass) {
        Shape shape = fineFeatures.getShape();
        NDArray fromFine =
                Convolution.apply(fineFeatures, part(fineFeatures, ":, {}:", coarse), null, Geometry.square3());
        NDArray fromCoarse = EnlargedConvolution.apply(
                coarseFeatures, part(coarseFeatures, ":, :{}", coarse), (int) shape.get(2), (int) shape.get(3));
        return Activation.RELU.apply(norm.apply(fromFine.addi(fromCoarse), pass), pass);
    }

    private NDArray part(NDArray owner, String index, int channels) {
        NDArray slice = weight.get(new NDIndex(index, channels));
        slice.attach(owner.getManager());
        return slice;
    }
}
