package io.viewal.worker.stage;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.dataset.DatasetManifest.FrameRef;
import io.viewal.worker.dataset.DatasetManifest.SceneEntry;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.dataset.SceneFile;
import io.viewal.worker.dataset.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A prepared data set in a folder.
 *
 * @param folder of its {@link DatasetManifest#FILE}
 */
public record FolderDataset(Path folder, DatasetManifest manifest) implements DatasetScenes {

    /** Whether a folder holds a prepared data set. */
    public static boolean isPrepared(Path folder) {
        return Files.isRegularFile(folder.resolve(DatasetManifest.FILE));
    }

    /**
     * Opens a folder.
     *
     * @throws InvalidInputException when it holds no prepared data set
     */
    public static FolderDataset open(Path folder) throws IOException {
        if (!isPrepared(folder)) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    folder + " is no prepared data set: expected a folder with a " + DatasetManifest.FILE);
        }
        return new FolderDataset(
                folder, DatasetManifest.read(Files.readAllBytes(folder.resolve(DatasetManifest.FILE))));
    }

    /** The folder of a prepared scene. */
    public Path scene(SceneEntry scene) {
        return folder.resolve(scene.file(SceneFile.CAMERAS).name()).normalize().getParent();
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
    public PreparedScene scene(String name) {
        return PreparedScene.open(scene(DatasetScenes.entry(manifest, name)));
    }

    @Override
    public List<FrameRef> seedFrames() {
        return manifest.seedFrames();
    }
}
