package io.viewal.worker.dataset.interchange;

import java.util.List;

/**
 * What {@code transforms.json} says of a scene.
 *
 * @param classes class names in id order; empty when it names none
 * @param frames sorted by name; at least one
 */
record SceneDescription(List<String> classes, List<FrameDescription> frames) {}
