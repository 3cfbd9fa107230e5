package io.viewal.worker.model.network;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import java.util.SplittableRandom;

/** How a forward pass treats batch norm and dropout; for one thread. */
public final class Pass {

    private final boolean training;
    private final Optional<SplittableRandom> dropout;

    private Pass(boolean training, Optional<SplittableRandom> dropout) {
        this.training = training;
        this.dropout = dropout;
    }

    /** Running statistics, no dropout. */
    public static Pass evaluation() {
        return new Pass(false, Optional.empty());
    }

    /** Batch statistics, which the running ones follow; dropout by the seed. */
    public static Pass training(long seed) {
        return new Pass(true, Optional.of(new SplittableRandom(seed)));
    }

    /** Batch statistics, no dropout. */
    public static Pass trainingWithoutDropout() {
        return new Pass(true, Optional.empty());
    }

    boolean training() {
        return training;
    }

    NDArray drop(NDArray x, float rate) {
        return dropout.map(random -> DropoutMask.apply(x, rate, random)).orElse(x);
    }
}
