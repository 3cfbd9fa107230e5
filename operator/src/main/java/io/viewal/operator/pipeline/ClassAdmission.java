package io.viewal.operator.pipeline;

import io.fabric8.kubernetes.api.model.Quantity;
import io.viewal.api.v1alpha1.PodResources;
import io.viewal.api.v1alpha1.RoundClassSpec.Maximum;
import io.viewal.contract.Stage;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.condition.Verdict;
import java.util.Optional;

/**
 * Holds what a launch would make to what its class allows now. It is asked at launches alone: what runs, and what is
 * committed, was allowed when it began.
 */
final class ClassAdmission {

    private final Pipeline pipeline;

    private ClassAdmission(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /**
     * Why nothing can be launched: what a stage asks for is above a limit, or its image is not allowed. Later stages are
     * checked, too, so that nothing begins that can't end.
     *
     * @param next the stage that would be launched
     */
    static Optional<Verdict> refusal(Pipeline pipeline, Stage next) {
        ClassAdmission admission = new ClassAdmission(pipeline);
        return pipeline.stages().stream()
                .filter(stage -> stage.compareTo(next) >= 0)
                .flatMap(stage -> admission.refusal(stage).stream())
                .findFirst();
    }

    private Optional<Verdict> refusal(Stage stage) {
        Maximum max = pipeline.setting().roundClass().resources().max();
        PodResources asked = pipeline.resources(stage);
        if (asked.gpus() != null && asked.gpus() > max.gpus()) {
            return above(stage, asked.gpus() + " GPUs", max.gpus().toString());
        }
        if (above(asked.cpu(), max.cpu())) {
            return above(stage, "cpu " + asked.cpu(), max.cpu());
        }
        if (above(asked.memory(), max.memory())) {
            return above(stage, "memory " + asked.memory(), max.memory());
        }
        return image(stage);
    }

    private static boolean above(String asked, String max) {
        return asked != null
                && new Quantity(asked).getNumericalAmount().compareTo(new Quantity(max).getNumericalAmount()) > 0;
    }

    private Optional<Verdict> above(Stage stage, String asked, String max) {
        return Optional.of(Verdict.stalled(
                Reason.ResourcesAboveLimit,
                "%s asks for %s and RoundClass '%s' allows %s: ask for less, or have the class's limit raised"
                        .formatted(stage.title(), asked, className(), max)));
    }

    private Optional<Verdict> image(Stage stage) {
        String image = pipeline.image(stage);
        if (image.isEmpty() || pipeline.setting().roundClass().worker().allowsTrainer(image)) {
            return Optional.empty();
        }
        return Optional.of(Verdict.stalled(
                Reason.ImageNotAllowed,
                "%s names the image '%s', which RoundClass '%s' does not allow: use one that it does, or have the image added"
                                .formatted(stage.title(), image, className())
                        + " to its worker.allowedTrainerImages"));
    }

    private String className() {
        return pipeline.setting().className();
    }
}
