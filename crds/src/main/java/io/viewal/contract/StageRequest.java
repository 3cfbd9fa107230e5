package io.viewal.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that a worker needs to know to run a stage, but for credentials and its shard index.
 *
 * @param version of this contract, {@value #VERSION}
 * @param attempt counts from 1
 * @param shards how many workers share the stage
 * @param seed what every random choice is drawn from
 * @param store where artifacts are read and written
 * @param inputs named artifacts of earlier stages, see {@link RoundRequests}
 * @param parameters what to do; their class says which stage
 * @param method version of the stage's method that is asked for, see {@link Stage#method()}
 * @param pinnedDigest the digest that the stage was launched with, where an operator of another release computed another
 *     one; null: the one that is computed here
 */
public record StageRequest(
        int version,
        Owner owner,
        int attempt,
        int shards,
        long seed,
        StoreLocation store,
        Map<String, ArtifactRef> inputs,
        StageParameters parameters,
        int method,
        @JsonInclude(JsonInclude.Include.NON_NULL) String pinnedDigest) {

    public static final int VERSION = 1;

    public StageRequest {
        if (version > VERSION) {
            throw new NewerRequestException("The stage request has version " + version + "; this worker reads "
                    + VERSION + ": use operator and worker images of the same release");
        }
        if (version < 1) {
            throw new IllegalArgumentException("The stage request has version " + version + "; versions begin with 1");
        }
        if (method > parameters.stage().method()) {
            throw new NewerRequestException(
                    "The request asks for method %d of %s; this worker knows %d: use a worker image"
                                    .formatted(
                                            method,
                                            parameters.stage().title(),
                                            parameters.stage().method())
                            + " of the operator's release");
        }
        // Sorted, so that the digest does not depend on how the map was filled.
        inputs = Map.copyOf(inputs).isEmpty() ? Map.of() : java.util.Collections.unmodifiableMap(new TreeMap<>(inputs));
    }

    /** A request for what this release does, that no digest is pinned for. */
    public StageRequest(
            int version,
            Owner owner,
            int attempt,
            int shards,
            long seed,
            StoreLocation store,
            Map<String, ArtifactRef> inputs,
            StageParameters parameters) {
        this(
                version,
                owner,
                attempt,
                shards,
                seed,
                store,
                inputs,
                parameters,
                parameters.stage().method(),
                null);
    }

    /** The stage asked for. */
    @JsonIgnore
    public Stage stage() {
        return parameters.stage();
    }

    /** Where the stage's objects lie. */
    @JsonIgnore
    public StoreLayout layout() {
        return new StoreLayout(store.prefix(), owner, stage(), digest(), shards);
    }

    /** The same request as another attempt. */
    public StageRequest withAttempt(int next) {
        return new StageRequest(version, owner, next, shards, seed, store, inputs, parameters, method, pinnedDigest);
    }

    /**
     * The same request with the digest that its stage was launched with.
     *
     * @param digest null: none was pinned
     */
    public StageRequest pinnedTo(String digest) {
        String differing = digest == null || digest.equals(computedDigest()) ? null : digest;
        return new StageRequest(version, owner, attempt, shards, seed, store, inputs, parameters, method, differing);
    }

    /** What the stage's results, and its checkpoints, are known by: the pinned digest, or else the computed one. */
    public String digest() {
        return pinnedDigest == null ? computedDigest() : pinnedDigest;
    }

    /**
     * SHA-256 of what determines the outcome: the method's version, parameters, seed, shards (each commits a result of its
     * own) and the content of the inputs, but neither who asks, nor the attempt, nor where the store is. Two requests of
     * equal digest have the same result. Where something of another place determines the outcome, it counts who asks. A
     * parameter that is null does not count, so that one that a later release adds, null for what was before, leaves the
     * digests of rounds under way.
     */
    private String computedDigest() {
        TreeMap<String, String> contents = new TreeMap<>();
        inputs.forEach((name, ref) -> contents.put(name, ref.sha256()));
        String asker = parameters.selfContained() ? null : owner.uid();
        return ContractJson.sha256(ContractJson.toBytes(
                new Determinants(version, method, asker, shards, seed, contents, parameters.determining())));
    }

    private record Determinants(
            int version,
            int method,
            String asker,
            int shards,
            long seed,
            Map<String, String> inputs,
            StageParameters parameters) {}
}
