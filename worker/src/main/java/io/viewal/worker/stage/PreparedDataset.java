package io.viewal.worker.stage;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.RoundRequests;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.dataset.DatasetManifest.SceneEntry;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.dataset.SceneFile;
import java.io.IOException;
import java.nio.file.Path;

/** The prepared data set of a round: scenes are fetched when they are first asked for. */
final class PreparedDataset {

    private final StageContext context;
    private final ArtifactRef index;
    private final DatasetManifest manifest;

    private PreparedDataset(StageContext context, ArtifactRef index, DatasetManifest manifest) {
        this.context = context;
        this.index = index;
        this.manifest = manifest;
    }

    static PreparedDataset open(StageContext context) {
        ArtifactRef index = context.input(RoundRequests.DATASET);
        return new PreparedDataset(
                context, index, DatasetManifest.read(context.store().fetch(index)));
    }

    DatasetManifest manifest() {
        return manifest;
    }

    /** The arrays of a scene, without its overlap index. */
    PreparedScene scene(SceneEntry scene) throws IOException {
        Path folder = null;
        for (SceneFile file : SceneFile.values()) {
            if (file != SceneFile.OVERLAP && scene.file(file) != null) {
                folder = fetch(scene, file).getParent();
            }
        }
        return PreparedScene.open(folder);
    }

    /** One file of a scene. */
    Path fetch(SceneEntry scene, SceneFile file) throws IOException {
        return context.fetch(StageContext.beside(index, scene.file(file)));
    }
}
