package io.viewal.worker.cli;

import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.dataset.check.SceneCheck;
import io.viewal.worker.dataset.check.SceneFinding;
import io.viewal.worker.dataset.interchange.DirectorySceneSource;
import io.viewal.worker.dataset.interchange.TransformsScenes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Scenes in the interchange form, whose views are compared. */
final class CheckedScenes {

    private static final ImageSize SIZE = new ImageSize(160, 120);

    private final TransformsScenes scenes;

    /** @throws InvalidInputException when the folder holds no scenes */
    CheckedScenes(Path folder) {
        this.scenes = new TransformsScenes(new DirectorySceneSource(folder));
    }

    List<String> names() throws IOException {
        return scenes.names();
    }

    /** A scene that can't be read has this for its fault. */
    SceneFinding check(String scene) throws IOException {
        try {
            return SceneCheck.check(scenes.open(scene, SIZE, VoidLabel.ID), SIZE);
        } catch (InvalidInputException e) {
            return SceneFinding.unreadable(scene, e.getMessage());
        }
    }
}
