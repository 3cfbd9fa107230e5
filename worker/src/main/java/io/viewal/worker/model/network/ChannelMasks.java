package io.viewal.worker.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.Function;

/**
 * Channel dropout (Tompson et al., 2015) of rate 0.25 on both outputs of the backbone, as ViewAL's published code has it
 * in training as well as in scoring: dropped channels are 0, the others are divided by 0.75.
 */
@FunctionalInterface
public interface ChannelMasks {

    /** The share of channels that are dropped, in the mean. */
    double RATE = 0.25;

    /** The mask of an image by its place in the batch, or of a pass over one image. */
    ChannelMask mask(int index);

    /**
     * Applies the masks {@code from} to {@code to}.
     *
     * @param manager of the result
     * @param features of as many images, or of one image, which every mask is applied to
     */
    default BackboneFeatures apply(NDManager manager, BackboneFeatures features, int from, int to) {
        return new BackboneFeatures(
                masked(manager, features.low(), ChannelMask::low, from, to),
                masked(manager, features.high(), ChannelMask::high, from, to));
    }

    private NDArray masked(
            NDManager manager, NDArray features, Function<ChannelMask, boolean[]> output, int from, int to) {
        int channels = (int) features.getShape().get(1);
        double[] factors = new double[(to - from) * channels];
        for (int index = from; index < to; index++) {
            boolean[] kept = output.apply(mask(index));
            for (int channel = 0; channel < channels; channel++) {
                factors[(index - from) * channels + channel] = kept[channel] ? 1 / (1 - RATE) : 0;
            }
        }
        return manager.create(factors, new Shape(to - from, channels, 1, 1))
                .toType(features.getDataType(), false)
                .mul(features);
    }
}
