package io.viewal.worker.stage;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.RoundRequests;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.dataset.DatasetManifest.FrameRef;
import io.viewal.worker.dataset.DatasetManifest.SceneEntry;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.dataset.SceneFile;
import io.viewal.worker.dataset.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The prepared data set of a round: scenes are fetched when they are first asked for. */
final class PreparedDataset implements DatasetScenes {

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

    @Override
    public List<String> classes() {
        return manifest.classes();
    }

    @Override
    public ImageSize size() {
        return manifest.size();
    }

    @Override
    public List<String> scenes(Split split) {
        return manifest.scenes(split).stream().map(SceneEntry::name).toList();
    }

    @Override
    public boolean hasLabels(String scene) {
        return manifest.scene(scene).hasLabels();
    }

    @Override
    public PreparedScene scene(String name) throws IOException {
        return scene(DatasetScenes.entry(manifest, name));
    }

    @Override
    public List<FrameRef> seedFrames() {
        return manifest.seedFrames();
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
