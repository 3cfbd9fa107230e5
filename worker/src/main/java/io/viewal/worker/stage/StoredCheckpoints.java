package io.viewal.worker.stage;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.ContractJson;
import io.viewal.contract.StageRequest;
import io.viewal.contract.StoreKeys;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.model.CheckpointStore;
import io.viewal.worker.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Checkpoints in the object store. The file is written under a new key, then the pointer {@code checkpoint.json} is
 * replaced, then the file before it is removed: whoever reads finds a whole checkpoint or none. They lie with the result
 * that they lead to, so that whoever asks for it goes on from them.
 */
final class StoredCheckpoints implements CheckpointStore {

    private static final Logger LOG = Logger.getLogger(StoredCheckpoints.class.getName());

    private final StageRequest request;
    private final ObjectStore store;
    private final Path scratch;

    StoredCheckpoints(StageRequest request, ObjectStore store, Path scratch) {
        this.request = request;
        this.store = store;
        this.scratch = scratch;
    }

    @Override
    public void save(Path file) throws IOException {
        Optional<ArtifactRef> before = pointer();
        String key = StoreKeys.join(
                request.layout().checkpointsPrefix(), UUID.randomUUID().toString());
        store.put(request.layout().checkpointKey(), ContractJson.toBytes(store.putArtifact(key, file)));
        before.ifPresent(old -> store.delete(old.key()));
    }

    @Override
    public Optional<Path> latest() throws IOException {
        Optional<ArtifactRef> pointer = pointer();
        if (pointer.isEmpty()) {
            return Optional.empty();
        }
        Path file = scratch.resolve("resumed-checkpoint");
        try {
            store.fetch(pointer.get(), file);
            return Optional.of(file);
        } catch (InvalidInputException e) {
            // Another attempt may have replaced it meanwhile; starting over costs time but not the outcome.
            LOG.log(Level.WARNING, "Starting from the beginning: {0}", e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<ArtifactRef> pointer() {
        return store.read(request.layout().checkpointKey()).map(json -> ContractJson.read(json, ArtifactRef.class));
    }
}
