package io.viewal.operator.pipeline;

import io.fabric8.kubernetes.api.model.Quantity;
import io.viewal.api.v1alpha1.PodResources;
import io.viewal.api.v1alpha1.RoundClassSpec.Maximum;
import io.viewal.contract.Stage;
import io.viewal.operator.condition.Reason;

/** Holds what pods ask for below what their class allows. */
final class ResourceLimits {

    private ResourceLimits() {}

    /**
     * Checks every stage, so that a round doesn't fail half way.
     *
     * @throws UnmetException naming the first resource that is above its limit
     */
    static void check(Pipeline pipeline) {
        Maximum max = pipeline.setting().roundClass().resources().max();
        for (Stage stage : pipeline.stages()) {
            PodResources asked = pipeline.resources(stage);
            if (asked.gpus() != null && asked.gpus() > max.gpus()) {
                throw above(pipeline, stage, asked.gpus() + " GPUs", max.gpus().toString());
            }
            if (above(asked.cpu(), max.cpu())) {
                throw above(pipeline, stage, "cpu " + asked.cpu(), max.cpu());
            }
            if (above(asked.memory(), max.memory())) {
                throw above(pipeline, stage, "memory " + asked.memory(), max.memory());
            }
        }
    }

    private static boolean above(String asked, String max) {
        return asked != null
                && new Quantity(asked).getNumericalAmount().compareTo(new Quantity(max).getNumericalAmount()) > 0;
    }

    private static UnmetException above(Pipeline pipeline, Stage stage, String asked, String max) {
        return UnmetException.stalled(
                Reason.ResourcesAboveLimit,
                "%s asks for %s and RoundClass '%s' allows %s: ask for less, or have the class's limit raised"
                        .formatted(stage.title(), asked, pipeline.setting().className(), max));
    }
}
