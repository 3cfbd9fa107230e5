package io.viewal.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.viewal.contract.ExperimentDeclaration.Control;
import io.viewal.contract.ExperimentDeclaration.Reference;
import java.util.List;

/** The same rounds for each of some arms and seeds. What its rounds rest on can't be changed; more can be asked for. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.control != 'None' || (has(self.arms) && self.arms.size() > 0)",
        message = "there is nothing to run: name an arm, such as 'arms: [{name: viewal, strategy: ViewAL}]'")
@ValidationRule(
        value = "self.reference != 'None' || (!(has(self.stop) && has(self.stop.shareOfReference))"
                + " && !self.arms.exists(arm, has(arm.stop) && has(arm.stop.shareOfReference)))",
        message = "shareOfReference can never be met, as there is no reference: add 'reference: FullSupervision'")
@ValidationRule(
        value =
                "(!has(self.stop) || !has(self.stop.plateau) || self.stop.plateau.window < self.rounds)"
                        + " && self.arms.all(arm, !has(arm.stop) || !has(arm.stop.plateau) || arm.stop.plateau.window < self.rounds)",
        message = "a plateau of as many rounds as there are can never be met: give a smaller window, or more rounds")
public record ExperimentSpec(
        @ValidationRule(value = RoundSpec.SAME, message = ExperimentSpec.IMMUTABLE)
        @Required
        @Pattern(Api.NAME)
        @Size(max = Api.NAME_LENGTH)
        @JsonPropertyDescription("Name of the MultiViewDataset, in the experiment's namespace.")
        String dataset,

        @ValidationRule(
                value = "self >= oldSelf",
                message = "rounds can be added, not taken away: stop rules end an experiment before its last round")
        @Required
        @Min(1)
        @Max(100)
        @JsonPropertyDescription("Rounds of each run that label. One more measures what the last of them labeled.")
        Integer rounds,

        @Required @JsonPropertyDescription("What each arm is repeated with. Seeds can be added.")
        ExperimentSeeds seeds,

        @ValidationRule(
                value = "self.all(arm, arm.name != 'control' && arm.name != 'reference')",
                message = "'control' and 'reference' are the experiment's own arms: give the arm another name")
        @ValidationRule(
                value = "oldSelf.all(old, self.exists(arm, arm.name == old.name))",
                message =
                        "an arm can't be taken away or renamed, as the experiment compares it: " + ExperimentSpec.GO_ON)
        @Default("[]")
        @Size(max = 16)
        @JsonPropertyDescription("Ways to choose regions, which are compared. Arms can be added.")
        List<ExperimentArm> arms,

        @ValidationRule(value = RoundSpec.SAME, message = ExperimentSpec.IMMUTABLE)
        @Default("ForegroundRandom66")
        @JsonPropertyDescription(
                "Strategy of the arm `control`, which the others are compared with; `None`: no such arm.")
        Control control,

        @ValidationRule(value = RoundSpec.SAME, message = ExperimentSpec.IMMUTABLE)
        @Default("None")
        @JsonPropertyDescription("`FullSupervision`: one training a seed on all labels of the train split, the arm"
                + " `reference`, which scores are a share of.")
        Reference reference,

        @Default("2") @Min(1) @Max(100) @JsonPropertyDescription("Rounds that may be under way at once.")
        Integer parallelRounds,

        @JsonPropertyDescription("Ends a run before its last round; its labels are measured all the same.")
        ExperimentStop stop,

        @Min(1)
        @JsonPropertyDescription("Seconds since the first round was made, after which all rounds are held and no other"
                + " one is made. Absent: no deadline.")
        Long activeDeadlineSeconds,

        @Default("false")
        @JsonPropertyDescription(
                "Holds all rounds that are under way, at their last checkpoints, and makes no other one.")
        Boolean suspend,

        @ValidationRule(value = RoundSpec.SAME, message = ExperimentSpec.IMMUTABLE)
        @Required
        @JsonPropertyDescription(
                "The spec of each round, but for dataset, previousRound, seed, strategy and suspend, which"
                        + " the experiment gives.")
        RoundTemplate template) {

    static final String GO_ON = "make an experiment of another name, or have"
            + " this one replaced (Argo CD: annotation argocd.argoproj.io/sync-options: Force=true,Replace=true; Flux:"
            + " kustomize.toolkit.fluxcd.io/force: enabled)";

    static final String IMMUTABLE = "this can't be changed, as the rounds of the experiment rest on it: " + GO_ON;

    /** True when the experiment is to hold. */
    public boolean held() {
        return Boolean.TRUE.equals(suspend);
    }
}
