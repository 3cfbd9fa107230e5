package io.viewal.worker.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.viewal.worker.model.network.BackboneFeatures;
import java.util.Random;

/**
 * Which channels of the backbone's features each Monte Carlo pass drops. Made here, not by the engine's generator, so
 * that a frame's samples depend on its seed alone: not on frames before it, on batches or on the process.
 */
final class DropoutMasks {

    private static final double RATE = 0.25;

    private final float[][] low;
    private final float[][] high;

    DropoutMasks(int passes, long seed) {
        int lowChannels = BackboneFeatures.LOW_CHANNELS;
        low = new float[passes][lowChannels];
        high = new float[passes][BackboneFeatures.CHANNELS - lowChannels];
        for (int pass = 0; pass < passes; pass++) {
            Random random = new Random(Seeds.mix(seed, pass));
            fill(low[pass], random);
            fill(high[pass], random);
        }
    }

    private static void fill(float[] mask, Random random) {
        for (int i = 0; i < mask.length; i++) {
            mask[i] = random.nextDouble() < RATE ? 0 : (float) (1 / (1 - RATE));
        }
    }

    /** The features of one frame as {@code to - from} passes see them; they belong to the manager. */
    BackboneFeatures apply(NDManager manager, BackboneFeatures features, int from, int to) {
        return new BackboneFeatures(
                masked(manager, features.low(), low, from, to), masked(manager, features.high(), high, from, to));
    }

    private static NDArray masked(NDManager manager, NDArray features, float[][] masks, int from, int to) {
        int channels = masks[0].length;
        float[] flat = new float[(to - from) * channels];
        for (int pass = from; pass < to; pass++) {
            System.arraycopy(masks[pass], 0, flat, (pass - from) * channels, channels);
        }
        return manager.create(flat, new Shape(to - from, channels, 1, 1)).mul(features);
    }
}
