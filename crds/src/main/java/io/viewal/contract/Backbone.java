package io.viewal.contract;

/** The network below the segmentation head; each has 24 channels at stride 4 and 320 at stride 16. */
@SuppressWarnings("MemberName") // The names are the YAML's.
public enum Backbone {
    /** MobileNetV2 of width 1 (Sandler et al., 2018), the paper's. */
    MobileNetV2,

    /** EfficientNet-Lite0: EfficientNet-B0 (Tan and Le, 2019) with ReLU6 and without squeeze-and-excitation. */
    EfficientNetLite0
}
