package io.viewal.worker.dataset.inspect;

import io.viewal.contract.ContractJson;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.dataset.SceneFile;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.SourceScenes;
import java.nio.file.Path;
import java.util.List;

/** A prepared data set in a folder, read as if it were a source; always at its own size. */
final class PreparedScenes implements SourceScenes {

    private final Path folder;
    private final DatasetManifest manifest;

    PreparedScenes(Path folder, DatasetManifest manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    /** Of every frame. */
    ImageSize size() {
        return manifest.size();
    }

    @Override
    public List<String> names() {
        return manifest.scenes().stream()
                .map(DatasetManifest.SceneEntry::name)
                .sorted()
                .toList();
    }

    @Override
    public List<String> classes() {
        return manifest.classes();
    }

    @Override
    public SourceScene open(String name, ImageSize size, int classes) {
        Path cameras = folder.resolve(
                        manifest.scene(name).file(SceneFile.CAMERAS).name())
                .normalize();
        return new Opened(PreparedScene.open(cameras.getParent()), manifest.scene(name));
    }

    private record Opened(PreparedScene scene, DatasetManifest.SceneEntry entry) implements SourceScene {

        @Override
        public String name() {
            return scene.name();
        }

        @Override
        public List<String> frameNames() {
            return scene.frames().stream().map(Frame::name).toList();
        }

        @Override
        public boolean hasLabels(int frame) {
            return scene.hasLabels();
        }

        @Override
        public String digest() {
            return ContractJson.sha256(ContractJson.toBytes(entry.files()));
        }

        @Override
        public SourceFrame read(int frame) {
            return new SourceFrame(
                    scene.frames().get(frame),
                    scene.color(frame),
                    scene.depth(frame),
                    scene.hasLabels() ? scene.labels(frame) : null,
                    scene.superpixels(frame));
        }
    }
}
