package io.viewal.worker.model;

import java.util.Random;

/**
 * Which frames each iteration takes. Every epoch has an order of its own; its last batch is filled up from the start of
 * that order, since batch norm is useless on what may be a single frame.
 */
record EpochOrder(int frames, int batch, long seed) {

    int iterationsPerEpoch() {
        return (frames + batch - 1) / batch;
    }

    /** The frames of an iteration, counted over all epochs. */
    int[] batch(long iteration) {
        int[] order = order(iteration / iterationsPerEpoch());
        int start = (int) (iteration % iterationsPerEpoch()) * batch;
        int[] indices = new int[batch];
        for (int i = 0; i < batch; i++) {
            indices[i] = order[(start + i) % frames];
        }
        return indices;
    }

    private int[] order(long epoch) {
        Random random = new Random(Seeds.mix(seed, epoch));
        int[] order = new int[frames];
        for (int i = 0; i < frames; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
