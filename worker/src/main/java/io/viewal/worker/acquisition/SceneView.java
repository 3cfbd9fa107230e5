package io.viewal.worker.acquisition;

import io.viewal.worker.dataset.ImageSize;
import java.util.List;

/**
 * What the frames of a scene have in common.
 *
 * @param name of the scene
 * @param size of every frame
 * @param probabilities predictions of the scene's frames; see {@link Need#DROPOUT}
 * @param round in which it is scored
 */
public record SceneView(String name, ImageSize size, ProbabilityVolume probabilities, Round round) {

    /**
     * The round that scores.
     *
     * @param classes names in id order; empty when they are not known
     * @param seed what every random choice is drawn from
     * @param number from 0: how many rounds have labeled before, the seed set aside
     */
    public record Round(List<String> classes, long seed, int number) {
        public Round {
            classes = List.copyOf(classes);
        }
    }
}
