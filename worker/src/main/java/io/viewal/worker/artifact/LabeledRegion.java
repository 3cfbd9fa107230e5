package io.viewal.worker.artifact;

/**
 * A region that has been labeled.
 *
 * @param superpixel its id, or {@value #WHOLE_FRAME} for a whole frame
 * @param pixels of the region
 * @param round that labeled it: 0 for the seed set, then counting up
 * @param rank in its round, from 0
 */
public record LabeledRegion(String scene, String frame, int superpixel, int pixels, int round, int rank) {

    public static final int WHOLE_FRAME = -1;
}
