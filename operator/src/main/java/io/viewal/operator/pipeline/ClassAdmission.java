package io.viewal.operator.pipeline;

import io.fabric8.kubernetes.api.model.Quantity;
import io.viewal.api.v1alpha1.RoundClassSpec.Maximum;
import io.viewal.contract.Stage;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.condition.Verdict;
import io.viewal.operator.job.PodSetting;
import java.math.BigDecimal;
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
     * Why nothing can be launched: what a stage asks for is above a limit, or its image or a key is not allowed. Later stages are
     * checked, too, so that nothing begins that can't end.
     *
     * @param next the stage that would be launched
     */
    static Optional<Verdict> refusal(Pipeline pipeline, Stage next) {
        ClassAdmission admission = new ClassAdmission(pipeline);
        if (!pipeline.setting().admits()) {
            return Optional.of(admission.notForNamespace());
        }
        return pipeline.stages().stream()
                .filter(stage -> stage.compareTo(next) >= 0)
                .flatMap(stage -> admission.refusal(stage).stream())
                .findFirst();
    }

    private Optional<Verdict> refusal(Stage stage) {
        Maximum max = pipeline.setting().roundClass().resources().max();
        PodSetting asked = pipeline.podSetting(stage);
        return above(
                        stage,
                        "%s GPUs",
                        new Quantity(Integer.toString(asked.gpus())),
                        max.gpus().toString())
                .or(() -> above(stage, "cpu %s", asked.cpu(), max.cpu()))
                .or(() -> above(stage, "memory %s", asked.memory(), max.memory()))
                .or(() -> image(stage))
                .or(() -> keys(stage));
    }

    /** A limit holds for the pods of a stage together: many small ones are no way around it. */
    private Optional<Verdict> above(Stage stage, String what, Quantity each, String max) {
        int pods = pipeline.shards(stage);
        BigDecimal together = each.getNumericalAmount().multiply(BigDecimal.valueOf(pods));
        if (together.compareTo(new Quantity(max).getNumericalAmount()) <= 0) {
            return Optional.empty();
        }
        return Optional.of(Verdict.stalled(
                Reason.ResourcesAboveLimit,
                "%s asks for %s%s and RoundClass '%s' allows %s: ask for less%s, or have the class's limit raised"
                        .formatted(
                                stage.title(),
                                what.formatted(each),
                                pods == 1 ? "" : " in each of %d pods".formatted(pods),
                                className(),
                                pods == 1 ? max : max + " together",
                                pods == 1 ? "" : " or for fewer shards")));
    }

    private Verdict notForNamespace() {
        return Verdict.stalled(
                Reason.NamespaceNotAllowed,
                "RoundClass '%s' is not for namespace '%s': name another class, or have the namespace labeled as its"
                                .formatted(className(), pipeline.owner().namespace())
                        + " allowedNamespaces wants");
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

    private Optional<Verdict> keys(Stage stage) {
        KeyAdmission admission =
                new KeyAdmission(pipeline.setting(), pipeline.owner().namespace());
        return pipeline.keys(stage).stream()
                .flatMap(key -> admission.refusal(stage.title(), key).stream())
                .findFirst();
    }

    private String className() {
        return pipeline.setting().className();
    }
}
