package io.viewal.worker.dataset.interchange;

import io.viewal.worker.dataset.LeftOut;
import java.util.List;

/**
 * What {@code transforms.json} says of a scene.
 *
 * @param classes class names in id order; empty when it names none
 * @param frames sorted by name; at least one
 * @param leftOut frames whose description is broken
 */
record SceneDescription(List<String> classes, List<FrameDescription> frames, List<LeftOut> leftOut) {}
