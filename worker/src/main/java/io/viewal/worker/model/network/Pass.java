package io.viewal.worker.model.network;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** How a forward pass treats batch norm and dropout; for one thread. */
public final class Pass {

    private final boolean training;
    private final Optional<ChannelMasks> channels;
    private final List<SplittableRandom> elements;

    /** @param elements one generator for all images, or one an image; empty: no dropout of single elements */
    private Pass(boolean training, Optional<ChannelMasks> channels, List<SplittableRandom> elements) {
        this.training = training;
        this.channels = channels;
        this.elements = elements;
    }

    /** Running statistics, no dropout. */
    public static Pass evaluation() {
        return new Pass(false, Optional.empty(), List.of());
    }

    /** Batch statistics, which the running ones follow; channels dropped by the masks, single elements by the seed. */
    public static Pass training(ChannelMasks channels, long seed) {
        return new Pass(true, Optional.of(channels), List.of(new SplittableRandom(seed)));
    }

    /** Batch statistics; channels dropped by the masks, no single elements. */
    public static Pass training(ChannelMasks channels) {
        return new Pass(true, Optional.of(channels), List.of());
    }

    /** Batch statistics, no dropout. */
    public static Pass trainingWithoutDropout() {
        return new Pass(true, Optional.empty(), List.of());
    }

    /** Running statistics; single elements dropped by a seed an image, so that its samples are the same in any batch. */
    public static Pass sampling(long... seeds) {
        return new Pass(
                false,
                Optional.empty(),
                Arrays.stream(seeds).mapToObj(SplittableRandom::new).toList());
    }

    boolean training() {
        return training;
    }

    BackboneFeatures dropChannels(BackboneFeatures features) {
        int images = (int) features.high().getShape().get(0);
        return channels.map(masks -> masks.apply(features.high().getManager(), features, 0, images))
                .orElse(features);
    }

    NDArray drop(NDArray x, float rate) {
        return elements.isEmpty() ? x : DropoutMask.apply(x, rate, elements);
    }
}
