package io.viewal.worker.stage;

import io.viewal.contract.ContractJson;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.contract.StageRequest;
import io.viewal.contract.StageResult;
import io.viewal.contract.StoreLayout;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.store.ObjectStore;
import io.viewal.worker.store.StoreUnavailableException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/** The committed results of stages, by the digest of what was asked. */
final class StoredResults {

    private static final Logger LOG = Logger.getLogger(StoredResults.class.getName());

    private final ObjectStore store;

    StoredResults(ObjectStore store) {
        this.store = store;
    }

    /**
     * A shard's result, whoever made it.
     *
     * @throws InvalidInputException (CorruptArtifact) when something else is in its place
     */
    Optional<StageResult> find(StageRequest request, int shard) {
        String key = request.layout().resultKey(shard);
        return store.read(key).map(json -> result(key, json));
    }

    private static StageResult result(String key, byte[] json) {
        try {
            return ContractJson.read(json, StageResult.class);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    Reason.CorruptArtifact,
                    "The object '" + key + "' is not the result of a stage: delete it, and the stage is done again",
                    e);
        }
    }

    /** Commits a shard's result, unless another attempt has; the one that is committed. */
    StageResult commit(StageRequest request, StageResult result) {
        if (store.putIfAbsent(request.layout().resultKey(result.shard()), ContractJson.toBytes(result))) {
            return result;
        }
        return find(request, result.shard())
                .orElseThrow(() -> new IllegalStateException("The result is there and is not there"));
    }

    /**
     * Removes what is of no use once all shards are committed: the checkpoints and the attempt's progress. Nobody reads them
     * any more, so that it may be broken off anywhere; who finds the result goes on with it.
     */
    void tidy(StageRequest request) {
        StoreLayout layout = request.layout();
        try {
            if (!IntStream.range(0, request.shards())
                    .allMatch(shard -> store.read(layout.resultKey(shard)).isPresent())) {
                return;
            }
            // The pointer first: it never names what is gone.
            store.delete(layout.checkpointKey());
            store.list(layout.checkpointsPrefix()).forEach(store::delete);
            for (int shard = 0; shard < request.shards(); shard++) {
                store.delete(layout.progressKey(request.attempt(), shard));
            }
        } catch (StoreUnavailableException e) {
            LOG.log(Level.WARNING, "Checkpoints and progress are left behind: {0}", e.getMessage());
        }
    }
}
