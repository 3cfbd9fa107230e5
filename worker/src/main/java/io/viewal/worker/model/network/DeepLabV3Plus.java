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
    public DeepLabV3Plus(Weights weights, int classes) {
        backbone = new MobileNetV2(weights);
        aspp = new Aspp(weights, MobileNetV2.HIGH_CHANNELS);
        decoder = new Decoder(weights, MobileNetV2.LOW_CHANNELS, classes);
    }

    /**
     * Scores of normalised images.
     *
     * @param images float32 [N, 3, H, W]
     * @param pass how batch norm and dropout are treated
     * @return logits [N, classes, H, W]
     */
    public NDArray forward(NDArray images, Pass pass) {
        NDArray coarse = classify(decode(backbone(images, pass), pass));
        return resize(coarse, images.getShape().get(2), images.getShape().get(3));
    }

    /** The part before the dropout that is sampled. */
    public BackboneFeatures backbone(NDArray images, Pass pass) {
        return backbone.apply(images, pass);
    }

    /** The decoder's features before the classifier, [N, 256, h, w]. */
    public NDArray decode(BackboneFeatures features, Pass pass) {
        return refine(join(features, pass), pass);
    }

    /** The part of {@link #decode} before the decoder's dropouts, [N, 256, h, w]. */
    public NDArray join(BackboneFeatures features, Pass pass) {
        return decoder.join(aspp.apply(features.high(), pass), features.low(), pass);
    }

    /** The part of {@link #decode} from the decoder's first dropout on, [N, 256, h, w]. */
    public NDArray refine(NDArray joined, Pass pass) {
        return decoder.refine(joined, pass);
    }

    /** Decoder and low-level features without dropout, averaged over windows: [N, 304, windows down, windows across]. */
    public NDArray pooledFeatures(NDArray images) {
        BackboneFeatures features = backbone(images, Pass.evaluation());
        NDArray both = decode(features, Pass.evaluation()).concat(decoder.detail(features.low(), Pass.evaluation()), 1);
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
