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

    private static final String TRANSFORMS = "/transforms.json";

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

    @Override
    public List<String> scenes() {
        int start = prefix.length() + 1;
        return store.list(prefix).stream()
                .filter(key -> key.endsWith(TRANSFORMS) && key.length() > start + TRANSFORMS.length() - 1)
                .map(key -> key.substring(start, key.length() - TRANSFORMS.length()))
                .filter(name -> !name.contains("/"))
                .sorted()
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
