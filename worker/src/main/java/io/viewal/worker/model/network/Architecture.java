package io.viewal.worker.model.network;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The backbones that DeepLabv3+ can stand on. All are made of {@link InvertedResidual} blocks and give 24 channels at a
 * quarter and 320 at a sixteenth of the image's size, so that the head is the same.
 */
public enum Architecture {
    /** MobileNetV2 (Sandler et al., 2018) of width 1, padded as its ImageNet weights want it. */
    MOBILENET_V2("deeplabv3plus-mobilenetv2", Stages.MOBILENET_V2, BatchNorm.EPSILON, Padding.CENTERED),

    /** The same, each block padded before its expansion: ViewAL's published code. */
    MOBILENET_V2_PUBLISHED(
            "deeplabv3plus-mobilenetv2-padded-blocks", Stages.MOBILENET_V2, BatchNorm.EPSILON, Padding.NONE),

    /** EfficientNet-Lite0 (TensorFlow's model garden, 2020; Tan and Le, 2019), padded and normalised as TensorFlow does. */
    EFFICIENTNET_LITE0("deeplabv3plus-efficientnetlite0", Stages.EFFICIENTNET_LITE0, 1e-3f, Padding.TENSORFLOW);

    private final String id;
    private final List<Stage> stages;
    private final float epsilon;
    private final Padding padding;

    Architecture(String id, List<Stage> stages, float epsilon, Padding padding) {
        this.id = id;
        this.stages = stages;
        this.epsilon = epsilon;
        this.padding = padding;
    }

    /** Goes into the files, so that the right network is built for their weights. */
    public String id() {
        return id;
    }

    /** The architecture of an id; empty for one that is none of these. */
    public static Optional<Architecture> of(String id) {
        return Arrays.stream(values()).filter(a -> a.id.equals(id)).findFirst();
    }

    List<Stage> stages() {
        return stages;
    }

    /** Of the backbone's batch norms. */
    float epsilon() {
        return epsilon;
    }

    /** Inside the backbone's convolutions; NONE: blocks are padded as a whole, before their expansion. */
    Padding padding() {
        return padding;
    }
}
