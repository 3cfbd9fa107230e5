package io.viewal.worker.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;

/** DeepLabv3+ (Chen et al., 2018) on MobileNetV2, output stride 16, as in ViewAL's published code. */
public final class DeepLabV3Plus {

    /** Goes into the files, so that another network's weights are recognised. */
    public static final String ARCHITECTURE = "deeplabv3plus-mobilenetv2-os16";

    private static final long WINDOW = 32;
    private static final long WINDOW_STRIDE = 16;

    private final MobileNetV2 backbone;
    private final Aspp aspp;
    private final Decoder decoder;

    /** Builds the network and adds its tensors to the weights. */
    public DeepLabV3Plus(Weights weights, int classes, DropoutRates dropout) {
        backbone = new MobileNetV2(weights);
        aspp = new Aspp(weights, MobileNetV2.HIGH_CHANNELS, dropout.pyramid());
        decoder = new Decoder(weights, MobileNetV2.LOW_CHANNELS, classes, dropout);
    }

    /**
     * Scores of normalised images.
     *
     * @param images float32 [N, 3, H, W]
     * @param training batch statistics and dropout; else running statistics and none
     * @return logits [N, classes, H, W]
     */
    public NDArray forward(NDArray images, boolean training) {
        NDArray coarse = classify(decode(backbone(images, training), training));
        return resize(coarse, images.getShape().get(2), images.getShape().get(3));
    }

    /** The part before the dropout that is sampled. */
    public BackboneFeatures backbone(NDArray images, boolean training) {
        return backbone.apply(images, training);
    }

    /** The decoder's features before the classifier, [N, 256, h, w]. */
    public NDArray decode(BackboneFeatures features, boolean training) {
        return decoder.features(aspp.apply(features.high(), training), features.low(), training);
    }

    /** Decoder and low-level features without dropout, averaged over windows: [N, 304, windows down, windows across]. */
    public NDArray pooledFeatures(NDArray images) {
        BackboneFeatures features = backbone(images, false);
        NDArray both = decode(features, false).concat(decoder.detail(features.low(), false), 1);
        Shape shape = both.getShape();
        Shape window = new Shape(Math.min(WINDOW, shape.get(2)), Math.min(WINDOW, shape.get(3)));
        return Pool.avgPool2d(both, window, new Shape(WINDOW_STRIDE, WINDOW_STRIDE), new Shape(0, 0), false, false);
    }

    /** Logits [N, classes, h, w] of the decoder's features. */
    public NDArray classify(NDArray decoded) {
        return decoder.classify(decoded);
    }

    /** Logits at the image's size. */
    public NDArray resize(NDArray logits, long height, long width) {
        return Bilinear.resize(logits, height, width);
    }
}
