package io.viewal.worker.dataset.importer.source;

import io.viewal.worker.dataset.interchange.DepthForm;
import java.util.List;

/**
 * What holds for all frames of a scene.
 *
 * @param classes names in id order; empty: the layout names none
 * @param metresADepthUnit positive
 * @param rayDepth whether depth is the distance along the pixel's ray, not along the camera's axis
 */
public record SceneTraits(List<String> classes, double metresADepthUnit, boolean rayDepth) {

    public SceneTraits {
        classes = List.copyOf(classes);
    }

    /** Unit and kind of its depth. */
    public DepthForm depth() {
        return new DepthForm(metresADepthUnit, rayDepth);
    }
}
