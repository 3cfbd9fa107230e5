package io.viewal.worker.artifact;

import io.viewal.worker.dataset.Region;
import java.time.Instant;

/**
 * Where a region's labels are from: an answer of a person, whether it labeled the region or skipped it.
 *
 * @param round in which it was given
 * @param annotator who gave it
 * @param at when, by the clock of the page's server
 * @param answer its kind and what it says, such as {@code OneClass chair}
 * @param effort that it took
 * @param imageDigest SHA-256 of the frame that was shown
 */
public record AnsweredRegion(
        String scene,
        String frame,
        Region region,
        int round,
        String annotator,
        Instant at,
        String answer,
        Effort effort,
        String imageDigest) {}
