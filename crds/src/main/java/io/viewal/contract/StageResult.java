package io.viewal.contract;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Map;

/**
 * What a shard of a stage made; its existence is the commit.
 *
 * @param version of this contract
 * @param shard counts from 0
 * @param madeBy the round or data set that made it first; others of the same request find it. Null: not said
 * @param attempt which attempt of its maker won
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
        Owner madeBy,
        int attempt,
        String requestDigest,
        Map<String, String> inputs,
        Map<String, ArtifactRef> artifacts,
        Map<String, Double> metrics,
        Map<String, String> facts) {

    /** True when the owner made it, as far as is known; false when it found what another one had made. */
    public boolean madeBy(Owner owner) {
        return madeBy == null || madeBy.uid().equals(owner.uid());
    }
}
