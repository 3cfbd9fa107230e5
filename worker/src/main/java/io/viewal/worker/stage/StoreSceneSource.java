package io.viewal.worker.stage;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.contract.StoreKeys;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.interchange.SceneSource;
import io.viewal.worker.store.ObjectStore;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** Scenes in the interchange form under a prefix of a bucket. */
final class StoreSceneSource implements SceneSource {

    private final ObjectStore store;
    private final String prefix;
    private final String uri;

    /**
     * @param prefix without slashes at its ends
     * @param uri as the user wrote it
     */
    StoreSceneSource(ObjectStore store, String prefix, String uri) {
        this.store = store;
        this.prefix = prefix;
        this.uri = uri;
    }

    /** Asks for folders, not for their files, of which there may be millions; hidden ones are no scenes. */
    @Override
    public List<String> scenes() {
        return store.folders(prefix).stream()
                .filter(folder -> !folder.startsWith(".") && !folder.startsWith("_"))
                .toList();
    }

    @Override
    public InputStream open(String scene, String path) throws NoSuchFileException {
        String key;
        try {
            key = StoreKeys.join(prefix, scene, path);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    Reason.InvalidDataset, uri + ", scene '" + scene + "': " + e.getMessage(), e);
        }
        return store.open(key).orElseThrow(() -> new NoSuchFileException(key));
    }

    @Override
    public String uri() {
        return uri;
    }
}
