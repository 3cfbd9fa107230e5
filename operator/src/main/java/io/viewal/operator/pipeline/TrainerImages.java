package io.viewal.operator.pipeline;

import io.viewal.contract.Stage;
import io.viewal.operator.condition.Reason;

/** Holds the images that resources name to those that their class allows. */
final class TrainerImages {

    private TrainerImages() {}

    /**
     * Checks every stage, so that nothing runs of what can't run as a whole.
     *
     * @throws UnmetException naming the first image that the class does not allow
     */
    static void check(Pipeline pipeline) {
        for (Stage stage : pipeline.stages()) {
            String image = pipeline.image(stage);
            if (!image.isEmpty() && !pipeline.setting().roundClass().worker().allowsTrainer(image)) {
                throw UnmetException.stalled(
                        Reason.ImageNotAllowed,
                        "%s names the image '%s', which RoundClass '%s' does not allow: use one that it does, or have"
                                        .formatted(
                                                stage.title(),
                                                image,
                                                pipeline.setting().className())
                                + " the image added to its worker.allowedTrainerImages");
            }
        }
    }
}
