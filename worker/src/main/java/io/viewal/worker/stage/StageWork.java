package io.viewal.worker.stage;

import io.viewal.contract.ArtifactRef;
import java.io.IOException;
import java.util.Map;

/** What a stage does between reading its request and the commit. Equal requests, and equal answers of people, make equal bytes. */
@FunctionalInterface
interface StageWork {

    /** Reads inputs, writes artifacts of this attempt, and tells what it made. */
    Output run(StageContext context) throws IOException;

    /**
     * What was made.
     *
     * @param artifacts by the names in {@link io.viewal.contract.RoundRequests}
     * @param metrics by the names in {@link io.viewal.contract.Metric}
     * @param facts short texts for the status
     */
    record Output(Map<String, ArtifactRef> artifacts, Map<String, Double> metrics, Map<String, String> facts) {}
}
