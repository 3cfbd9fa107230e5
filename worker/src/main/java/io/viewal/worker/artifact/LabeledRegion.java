package io.viewal.worker.artifact;

import io.viewal.worker.dataset.Region;
import java.util.Optional;

/**
 * A region that has been labeled.
 *
 * @param pixels that nobody had labeled before
 * @param round that labeled it: 0 for the seed set, then counting up
 * @param rank in its round, from 0
 * @param effort that it took; empty in label sets of version 1, which do not tell
 */
public record LabeledRegion(
        String scene, String frame, Region region, int pixels, int round, int rank, Optional<Effort> effort) {

    /** The same with the effort that it took. */
    public LabeledRegion with(Effort known) {
        return new LabeledRegion(scene, frame, region, pixels, round, rank, Optional.of(known));
    }
}
