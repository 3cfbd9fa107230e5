package io.viewal.worker.artifact;

import io.viewal.worker.dataset.Region;

/**
 * A region that has been labeled.
 *
 * @param pixels that nobody had labeled before
 * @param round that labeled it: 0 for the seed set, then counting up
 * @param rank in its round, from 0
 */
public record LabeledRegion(String scene, String frame, Region region, int pixels, int round, int rank) {}
