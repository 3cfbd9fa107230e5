package io.viewal.worker.model;

/** Sees every sample of a prediction, for scores that need more than the mean (vote entropy). */
@FunctionalInterface
public interface PassListener {

    /**
     * Called once a pass, in order.
     *
     * @param pass from 0
     * @param probabilities float32 [classes, height, width]; only valid during the call
     */
    void pass(int pass, float[] probabilities);
}
