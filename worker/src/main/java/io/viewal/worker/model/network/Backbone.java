package io.viewal.worker.model.network;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;

/** A stem and inverted residual blocks without a classifier, at output stride 16. */
final class Backbone {

    private static final int OUTPUT_STRIDE = 16;
    private static final int STEM_CHANNELS = 32;
    private static final int STEM_STRIDE = 2;

    private final ConvNorm stem;
    private final List<InvertedResidual> blocks = new ArrayList<>();
    /** The low-level features are those of the last block with so many channels. */
    private int lowBlocks;

    Backbone(Weights weights, Architecture architecture) {
        String features = Weights.BACKBONE + "features.";
        Padding padding = architecture.padding() == Padding.NONE ? Padding.CENTERED : architecture.padding();
        stem = new ConvNorm(
                weights,
                features + "0.0",
                features + "0.1",
                new ConvNorm.Layer(
                        3,
                        STEM_CHANNELS,
                        new Geometry(3, STEM_STRIDE, 1, 1, padding),
                        Activation.RELU6,
                        architecture.epsilon()));
        addBlocks(weights, architecture, features);
    }

    /**
     * Beyond the output stride a stage's stride becomes dilation, as in the published code: of the stages after it, not
     * of its own blocks.
     */
    private void addBlocks(Weights weights, Architecture architecture, String features) {
        int in = STEM_CHANNELS;
        int reached = STEM_STRIDE;
        int dilation = 1;
        for (Stage stage : architecture.stages()) {
            boolean dropped = reached * stage.stride() > OUTPUT_STRIDE;
            for (int block = 0; block < stage.blocks(); block++) {
                int stride = block == 0 && !dropped ? stage.stride() : 1;
                Geometry depthwise =
                        new Geometry(stage.kernel(), stride, dilation, in * stage.expansion(), architecture.padding());
                String name = features + (blocks.size() + 1) + ".conv.";
                blocks.add(
                        new InvertedResidual(weights, name, in, stage.channels(), depthwise, architecture.epsilon()));
                in = stage.channels();
            }
            if (stage.channels() == BackboneFeatures.LOW_CHANNELS) {
                lowBlocks = blocks.size();
            }
            if (dropped) {
                dilation *= stage.stride();
            } else {
                reached *= stage.stride();
            }
        }
    }

    /** Features of normalised images [N, 3, H, W]. */
    BackboneFeatures apply(NDArray images, Pass pass) {
        NDArray low = through(0, lowBlocks, stem.apply(images, pass), pass);
        return new BackboneFeatures(low, through(lowBlocks, blocks.size(), low, pass));
    }

    private NDArray through(int from, int to, NDArray x, Pass pass) {
        NDArray y = x;
        for (InvertedResidual block : blocks.subList(from, to)) {
            y = block.apply(y, pass);
        }
        return y;
    }
}
