package io.viewal.worker.model.network;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;

/** MobileNetV2 (Sandler et al., 2018) of width 1 without its classifier, at output stride 16. */
final class MobileNetV2 {

    static final int LOW_CHANNELS = 24;
    static final int HIGH_CHANNELS = 320;

    private static final int STEM_CHANNELS = 32;
    /** The low-level features are those of the first stage of 24 channels: stem and three blocks. */
    private static final int LOW_BLOCKS = 3;
    /** Expansion, channels, blocks, stride, dilation; the last stride of the original (16 to 32) is dilation here. */
    private static final int[][] STAGES = {
        {1, 16, 1, 1, 1},
        {6, 24, 2, 2, 1},
        {6, 32, 3, 2, 1},
        {6, 64, 4, 2, 1},
        {6, 96, 3, 1, 1},
        {6, 160, 3, 1, 2},
        {6, 320, 1, 1, 2},
    };

    private final ConvNorm stem;
    private final List<InvertedResidual> blocks = new ArrayList<>();

    MobileNetV2(Weights weights) {
        String features = Weights.BACKBONE + "features.";
        stem = new ConvNorm(
                weights,
                features + "0.0",
                features + "0.1",
                3,
                STEM_CHANNELS,
                new Geometry(3, 2, 1, 1),
                Activation.RELU6);
        int in = STEM_CHANNELS;
        for (int[] stage : STAGES) {
            for (int block = 0; block < stage[2]; block++) {
                String name = features + (blocks.size() + 1);
                int stride = block == 0 ? stage[3] : 1;
                blocks.add(new InvertedResidual(weights, name, in, stage[1], stage[0], stride, stage[4]));
                in = stage[1];
            }
        }
    }

    /** Features of normalised images [N, 3, H, W]. */
    BackboneFeatures apply(NDArray images, Pass pass) {
        NDArray x = stem.apply(images, pass);
        NDArray low = null;
        for (int i = 0; i < blocks.size(); i++) {
            x = blocks.get(i).apply(x, pass);
            if (i + 1 == LOW_BLOCKS) {
                low = x;
            }
        }
        return new BackboneFeatures(low, x);
    }
}
