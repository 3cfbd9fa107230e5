package io.viewal.contract;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Map;

/**
 * What a shard of a stage made; its existence is the commit.
 *
 * @param version of this contract
 * @param shard counts from 0
 * @param attempt which attempt won
 * @param requestDigest {@link StageRequest#digest()} of what was asked
 * @param inputs SHA-256 of each input, by name
 * @param artifacts what was made, by name
 * @param metrics figures for the status, by name, see {@link Metric}
 * @param facts short texts for the status, such as the device that was used
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record StageResult(
        int version,
        Stage stage,
        int shard,
        int shards,
        int attempt,
        String requestDigest,
        Map<String, String> inputs,
        Map<String, ArtifactRef> artifacts,
        Map<String, Double> metrics,
        Map<String, String> facts) {}
