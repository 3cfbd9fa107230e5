package io.viewal.worker.model.network;

import ai.djl.ndarray.NDArray;

/**
 * What the head works on.
 *
 * @param low [N, 24, ⌈H / 4⌉, ⌈W / 4⌉]
 * @param high [N, 320, ⌈H / 16⌉, ⌈W / 16⌉]
 */
public record BackboneFeatures(NDArray low, NDArray high) {

    /** Channels of {@code low}. */
    public static final int LOW_CHANNELS = 24;

    /** Channels of {@code high}. */
    public static final int HIGH_CHANNELS = 320;
}
