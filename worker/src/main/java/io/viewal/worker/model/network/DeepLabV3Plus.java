package io.viewal.worker.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;

/** DeepLabv3+ (Chen et al., 2018), output stride 16, as in ViewAL's published code. */
public final class DeepLabV3Plus {

    private static final long WINDOW = 32;
    private static final long WINDOW_STRIDE = 16;

    private final DataType type;
    private final Backbone backbone;
    private final Aspp aspp;
    private final Decoder decoder;

    /** Builds the network and adds its tensors to the weights. */
    public DeepLabV3Plus(Weights weights, Architecture architecture, int classes) {
        type = weights.type();
        backbone = new Backbone(weights, architecture);
        aspp = new Aspp(weights, BackboneFeatures.HIGH_CHANNELS);
        decoder = new Decoder(weights, BackboneFeatures.LOW_CHANNELS, classes);
    }

    /**
     * Scores of normalised images.
     *
     * @param images float32 [N, 3, H, W]
     * @param pass how batch norm and dropout are treated
     * @return logits [N, classes, H, W], of the weights' type
     */
    public NDArray forward(NDArray images, Pass pass) {
        NDArray coarse = classify(decode(pass.dropChannels(backbone(images, pass)), pass));
        return resize(coarse, images.getShape().get(2), images.getShape().get(3));
    }

    /** The part before the dropout that is sampled. */
    public BackboneFeatures backbone(NDArray images, Pass pass) {
        return backbone.apply(images.toType(type, false), pass);
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

    /**
     * What the decoder's first 3 x 3 convolution sees (the pyramid's 256 channels enlarged to a quarter of the image, then
     * 48 low-level ones), without dropout, averaged over windows: [N, 304, windows down, windows across].
     */
    public NDArray pooledFeatures(NDArray images) {
        BackboneFeatures features = backbone(images, Pass.evaluation());
        Shape shape = features.low().getShape();
        NDArray pyramid = resize(aspp.apply(features.high(), Pass.evaluation()), shape.get(2), shape.get(3));
        NDArray both = pyramid.concat(decoder.detail(features.low(), Pass.evaluation()), 1);
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
