package io.viewal.worker.artifact;

import io.viewal.worker.dataset.Region;

/**
 * A region that the oracle was asked about and could not label.
 *
 * @param round in which it was asked last
 */
public record SkippedRegion(String scene, String frame, Region region, int round) {

    /** Which region it is. */
    public RegionNamesCsv.Row name() {
        return new RegionNamesCsv.Row(scene, frame, region);
    }
}
