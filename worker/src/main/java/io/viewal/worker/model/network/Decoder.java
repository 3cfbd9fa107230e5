package io.viewal.worker.model.network;

import ai.djl.ndarray.NDArray;

/** DeepLabv3+'s decoder: pyramid features refined by low-level ones, at a quarter of the image's size. */
final class Decoder {

    static final int CHANNELS = 256;
    private static final float FIRST_DROPOUT = 0.5f;
    private static final float SECOND_DROPOUT = 0.25f;
    private static final int LOW_CHANNELS = 48;

    private final ConvNorm low;
    private final EnlargingConvNorm first;
    private final ConvNorm second;
    private final NDArray weight;
    private final NDArray bias;

    Decoder(Weights weights, int lowChannels, int classes) {
        low = new ConvNorm(
                weights,
                "decoder.conv1",
                "decoder.bn1",
                ConvNorm.Layer.head(lowChannels, LOW_CHANNELS, Geometry.pointwise()));
        String last = "decoder.last_conv.";
        first = new EnlargingConvNorm(weights, last + "0", last + "1", Aspp.CHANNELS, LOW_CHANNELS, CHANNELS);
        second = new ConvNorm(
                weights, last + "4", last + "5", ConvNorm.Layer.head(CHANNELS, CHANNELS, Geometry.square3()));
        weight = weights.kernel(last + "8.weight", classes, CHANNELS, 1);
        bias = weights.vector(last + "8.bias", classes, 0);
    }

    /** What comes before the first dropout, [N, 256, h, w]. */
    NDArray join(NDArray pyramid, NDArray lowLevel, Pass pass) {
        return first.apply(pyramid, detail(lowLevel, pass), pass);
    }

    /** From the first dropout on, [N, 256, h, w]. */
    NDArray refine(NDArray joined, Pass pass) {
        NDArray y = second.apply(pass.drop(joined, FIRST_DROPOUT), pass);
        return pass.drop(y, SECOND_DROPOUT);
    }

    /** The low-level features as the decoder sees them, [N, 48, h, w]. */
    NDArray detail(NDArray lowLevel, Pass pass) {
        return low.apply(lowLevel, pass);
    }

    /** The classes' scores, [N, classes, h, w]. */
    NDArray classify(NDArray features) {
        return Convolution.apply(features, weight, bias, Geometry.pointwise());
    }
}
