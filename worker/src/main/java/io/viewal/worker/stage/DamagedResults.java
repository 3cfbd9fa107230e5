package io.viewal.worker.stage;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.ContractJson;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.StageRequest;
import io.viewal.contract.StageResult;
import io.viewal.contract.StoreLayout;
import io.viewal.worker.store.DamagedArtifactException;
import io.viewal.worker.store.ObjectStore;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Sets a result aside that a reader found damaged, so that its stage is done again: the next attempt finds no result, and
 * commits by the same conditional put as the first one. What another reader has set aside, or what was made again since, is
 * left alone.
 */
final class DamagedResults {

    private static final Pattern SCENE = Pattern.compile("(.*/scenes/[0-9a-f]{64})/[^/]+");

    private static final int NAME_LENGTH = 16;

    private final ObjectStore store;
    private final StageRequest request;

    /** @param request of the reader */
    DamagedResults(ObjectStore store, StageRequest request) {
        this.store = store;
        this.request = request;
    }

    /**
     * Sets aside what an artifact belongs to, if it is damaged indeed and not by the way from the store.
     *
     * @return what to fail with; empty: the artifact is whole, and another attempt may help
     */
    Optional<DamagedArtifactException> setAside(DamagedArtifactException found) {
        ArtifactRef artifact = found.artifact();
        if (store.identify(artifact.key())
                .filter(there -> there.sha256().equals(artifact.sha256()))
                .isPresent()) {
            return Optional.empty();
        }
        if (isKnownByAnotherDigest(artifact)) {
            // Whoever named it is wrong about it, as a person may be; the result is whole.
            return Optional.of(found);
        }
        Matcher scene = SCENE.matcher(artifact.key());
        if (scene.matches()) {
            // What commits it; it is prepared again at the same place, once its data set is.
            store.delete(scene.group(1) + "/" + ScenePreparation.COMMIT);
            Optional.ofNullable(request.inputs().get(RoundRequests.DATASET)).ifPresent(this::setAsideResult);
        } else {
            setAsideResult(artifact);
        }
        return Optional.of(new DamagedArtifactException(
                artifact,
                "is missing, or not what was committed: its result is set aside; a stage of this round that made it does it"
                        + " again, and so does another round or a data set that is deleted and made again"));
    }

    private boolean isKnownByAnotherDigest(ArtifactRef artifact) {
        return committed(artifact).values().stream()
                .flatMap(json -> artifacts(json))
                .anyMatch(known ->
                        known.key().equals(artifact.key()) && !known.sha256().equals(artifact.sha256()));
    }

    private void setAsideResult(ArtifactRef artifact) {
        committed(artifact).forEach((key, json) -> {
            String folder = key.substring(0, key.lastIndexOf('/'));
            String attempt = artifact.key().substring(0, artifact.key().indexOf('/', folder.length() + 1) + 1);
            // Files that an artifact lists lie beside it.
            if (artifacts(json).anyMatch(known -> known.key().startsWith(attempt))) {
                String name = ContractJson.sha256(json).substring(0, NAME_LENGTH);
                store.put(folder + "/set-aside-" + name + ".json", json);
                store.delete(key);
            }
        });
    }

    /** The results in the folder that an artifact lies in, by key. */
    private Map<String, byte[]> committed(ArtifactRef artifact) {
        Map<String, byte[]> results = new TreeMap<>();
        StoreLayout.resultPrefixOf(artifact.key()).ifPresent(folder -> {
            for (ObjectStore.Entry entry : store.children(folder)) {
                String key = folder + "/" + entry.name();
                if (!entry.folder() && StoreLayout.isResultKey(key)) {
                    store.read(key).ifPresent(json -> results.put(key, json));
                }
            }
        });
        return results;
    }

    private static Stream<ArtifactRef> artifacts(byte[] json) {
        return ContractJson.read(json, StageResult.class).artifacts().values().stream();
    }
}
