package io.viewal.worker.stage;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.dataset.DatasetManifest.FrameRef;
import io.viewal.worker.dataset.DatasetManifest.SceneEntry;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.dataset.Split;
import java.io.IOException;
import java.util.List;

/** A data set, in a store or in a folder, whose scenes can be read in the prepared form. */
public interface DatasetScenes {

    /** Class names in id order. */
    List<String> classes();

    /** The size of every frame. */
    ImageSize size();

    /** Names of the scenes of a split, sorted. */
    List<String> scenes(Split split);

    /** Whether a scene has a frame with labels; the scene must exist. */
    boolean hasLabels(String scene) throws IOException;

    /**
     * The arrays of a scene.
     *
     * @throws InvalidInputException when there is no scene of that name, or it can't be read
     */
    PreparedScene scene(String name) throws IOException;

    /** The frames that are labeled before the first round, in scene and frame order. */
    List<FrameRef> seedFrames() throws IOException;

    /** What to say when labels speak of a scene that the data set does not have. */
    static InvalidInputException noScene(String name) {
        return new InvalidInputException(
                Reason.InvalidLabels,
                "The data set has no scene '" + name + "' that the labels speak of: they are another data set's");
    }

    /**
     * The entry of a scene that labels speak of.
     *
     * @throws InvalidInputException when there is none
     */
    static SceneEntry entry(DatasetManifest manifest, String scene) {
        return manifest.scenes().stream()
                .filter(entry -> entry.name().equals(scene))
                .findFirst()
                .orElseThrow(() -> noScene(scene));
    }
}
