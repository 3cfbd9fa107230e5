package io.viewal.worker.model.network;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** How a forward pass treats batch norm and dropout; for one thread. */
public final class Pass {

    private final boolean training;
    private final List<SplittableRandom> dropout;

    /** @param dropout one generator for all images, or one an image; empty: no dropout */
    private Pass(boolean training, List<SplittableRandom> dropout) {
        this.training = training;
        this.dropout = dropout;
    }

    /** Running statistics, no dropout. */
    public static Pass evaluation() {
        return new Pass(false, List.of());
    }

    /** Batch statistics, which the running ones follow; dropout by the seed. */
    public static Pass training(long seed) {
        return new Pass(true, List.of(new SplittableRandom(seed)));
    }

    /** Batch statistics, no dropout. */
    public static Pass trainingWithoutDropout() {
        return new Pass(true, List.of());
    }

    /** Running statistics; dropout by a seed an image, so that an image's samples are the same in any batch. */
    public static Pass sampling(long... seeds) {
        return new Pass(
                false, Arrays.stream(seeds).mapToObj(SplittableRandom::new).toList());
    }

    boolean training() {
        return training;
    }

    NDArray drop(NDArray x, float rate) {
        return dropout.isEmpty() ? x : DropoutMask.apply(x, rate, dropout);
    }
}
