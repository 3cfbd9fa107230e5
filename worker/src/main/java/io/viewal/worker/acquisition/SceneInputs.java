package io.viewal.worker.acquisition;

import java.util.BitSet;
import java.util.function.IntFunction;

/**
 * What is known of the frames of a scene before they are scored; functions take the frame's index.
 *
 * @param probabilities predictions of the frames
 * @param voteEntropy float32 [height, width], bits; see {@link FrameView#voteEntropy()}; null when nobody asked for it
 * @param labeled pixels that were labeled before, by index in row order
 */
public record SceneInputs(
        ProbabilityVolume probabilities, IntFunction<float[]> voteEntropy, IntFunction<BitSet> labeled) {

    /** Predictions alone, of frames without a label. */
    public static SceneInputs of(ProbabilityVolume probabilities) {
        return new SceneInputs(probabilities, null, frame -> new BitSet());
    }
}
