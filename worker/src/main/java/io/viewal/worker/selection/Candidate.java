package io.viewal.worker.selection;

/**
 * A region that may be chosen.
 *
 * @param scene index of its scene
 * @param region its number in the scene (see {@link OverlapIndex}), or the frame's index for a whole frame
 * @param pixels of the region
 * @param score the higher, the more worth labeling
 * @param divergence mean view divergence in bits; NaN for strategies without one
 * @param labeled true when it may not be chosen again
 */
public record Candidate(int scene, int region, int pixels, double score, double divergence, boolean labeled) {}
