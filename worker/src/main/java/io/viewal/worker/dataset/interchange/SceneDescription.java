package io.viewal.worker.dataset.interchange;

import io.viewal.worker.dataset.LeftOut;
import java.util.List;
import java.util.Optional;

/**
 * What {@code transforms.json} says of a scene.
 *
 * @param classes class names in id order; empty when it names none
 * @param frames sorted by name; at least one
 * @param colors what the colours of its label maps stand for; empty: these have ids
 * @param leftOut frames whose description is broken
 */
record SceneDescription(
        List<String> classes, List<FrameDescription> frames, Optional<LabelColors> colors, List<LeftOut> leftOut) {}
