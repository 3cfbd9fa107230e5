package io.viewal.worker.stage;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.contract.StoreKeys;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.SafeName;
import io.viewal.worker.dataset.interchange.SceneSource;
import io.viewal.worker.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/** Scenes in the interchange form under a prefix of a bucket. */
final class StoreSceneSource implements SceneSource {

    private static final String TRANSFORMS = "transforms.json";

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

    /** Asks for folders, not for their files, of which there may be millions. */
    @Override
    public List<String> scenes() {
        return store.folders(prefix).stream().filter(this::isScene).toList();
    }

    /** A name that is no key counts, so that whoever reads the scenes can say what is wrong with it; hidden ones don't. */
    private boolean isScene(String folder) {
        if (folder.startsWith(".") || folder.startsWith("_")) {
            return false;
        }
        if (!SafeName.isSafe(folder)) {
            return true;
        }
        Optional<InputStream> description = store.open(StoreKeys.join(prefix, folder, TRANSFORMS));
        try {
            if (description.isPresent()) {
                description.get().close();
            }
            return description.isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
