package io.viewal.worker.acquisition;

/** What a strategy needs of the network beside a prediction of every frame; what nobody needs is not computed. */
public enum Need {

    /**
     * The prediction is the mean of the round's Monte Carlo dropout passes. Without it, it is one pass without dropout.
     */
    DROPOUT,

    /** What each dropout pass voted for, as {@link FrameView#voteEntropy()}; two passes or more. */
    VOTES,

    /** The network's pooled features of every frame, which are compared when regions are chosen. */
    FEATURES;
}
