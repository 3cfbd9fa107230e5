package io.viewal.worker.model;

import io.viewal.worker.model.network.BackboneFeatures;
import io.viewal.worker.model.network.ChannelMask;
import io.viewal.worker.model.network.ChannelMasks;
import java.util.Random;

/**
 * Which channels each image or pass drops, by a seed. Drawn here, not by the engine's generator, so that they depend on the
 * seed alone: not on frames before it, on the device or on the process.
 */
record DropoutMasks(long seed) implements ChannelMasks {

    @Override
    public ChannelMask mask(int index) {
        Random random = new Random(Seeds.mix(seed, index));
        return new ChannelMask(
                kept(BackboneFeatures.LOW_CHANNELS, random), kept(BackboneFeatures.HIGH_CHANNELS, random));
    }

    private static boolean[] kept(int channels, Random random) {
        boolean[] kept = new boolean[channels];
        for (int i = 0; i < channels; i++) {
            kept[i] = random.nextDouble() >= RATE;
        }
        return kept;
    }
}
