package io.viewal.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.viewal.contract.Mode;
import io.viewal.contract.TrainParameters;

/** What a researcher asks for. Immutable but for {@code suspend}: another wish is another round. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.previousRound) == has(oldSelf.previousRound) && has(self.className) == has(oldSelf.className)"
                + " && has(self.resources) == has(oldSelf.resources) && has(self.labels) == has(oldSelf.labels)"
                + " && has(self.selection) == has(oldSelf.selection)",
        message = RoundSpec.IMMUTABLE)
@ValidationRule(
        value = "has(self.previousRound) || !has(self.training) || !has(self.training.start)"
                + " || self.training.start != 'PreviousRound'",
        message = "training.start PreviousRound needs a previousRound: name one, or leave training.start out")
@ValidationRule(
        value = "!has(self.labels) || !has(self.previousRound)",
        message = "labels and previousRound both say which labels the round starts from: leave one of them out")
@ValidationRule(
        value = "!has(self.labels) || !has(self.selection) || self.labels.source != 'FullSupervision'",
        message = "labels.source FullSupervision leaves nothing to select: leave selection out")
public record RoundSpec(
        @ValidationRule(value = RoundSpec.SAME, message = RoundSpec.IMMUTABLE)
        @Required
        @Pattern(Api.NAME)
        @Size(max = Api.NAME_LENGTH)
        @JsonPropertyDescription("Name of the MultiViewDataset, in the round's namespace.")
        String dataset,

        @ValidationRule(value = RoundSpec.SAME, message = RoundSpec.IMMUTABLE)
        @Pattern(Api.NAME)
        @Size(max = Api.NAME_LENGTH)
        @JsonPropertyDescription("Name of the round whose labels this one starts from, in the same namespace;"
                + " absent: see `labels`.")
        String previousRound,

        @ValidationRule(value = RoundSpec.SAME, message = RoundSpec.IMMUTABLE)
        @JsonPropertyDescription(
                "The labels that a round without `previousRound` starts from; absent: the data set's" + " seed set.")
        LabelsSpec labels,

        @ValidationRule(value = RoundSpec.SAME, message = RoundSpec.IMMUTABLE)
        @Pattern(Api.NAME)
        @Size(max = Api.NAME_LENGTH)
        @JsonPropertyDescription("Name of the RoundClass; absent: the default one.")
        String className,

        @ValidationRule(value = RoundSpec.SAME, message = RoundSpec.IMMUTABLE)
        @Default("0")
        @JsonPropertyDescription("What every random choice is drawn from.")
        Long seed,

        @Default("false")
        @JsonPropertyDescription("Stops the running stage at its last checkpoint and holds the round.")
        Boolean suspend,

        @ValidationRule(value = RoundSpec.SAME, message = RoundSpec.IMMUTABLE)
        @Default("ViewAL")
        @Pattern(Strategy.PATTERN)
        @Size(max = Api.NAME_LENGTH)
        @JsonPropertyDescription("Acquisition strategy, how regions are scored and chosen: one of the project's, which"
                + " strategies.md lists, or `<owner>/<Name>` of one that the class's worker image brings.")
        String strategy,

        @ValidationRule(value = RoundSpec.SAME, message = RoundSpec.IMMUTABLE)
        @Default("corrected")
        @JsonPropertyDescription(
                "`corrected`, or `reference`: as the published code does it from training to selection,"
                        + " defects included.")
        Mode mode,

        @ValidationRule(value = RoundSpec.SAME, message = RoundSpec.IMMUTABLE)
        @Default("{}")
        @JsonPropertyDescription("The training schedule.")
        TrainingSpec training,

        @ValidationRule(value = RoundSpec.SAME, message = RoundSpec.IMMUTABLE)
        @Default("{}")
        @JsonPropertyDescription("Inference, geometry and sharding.")
        ScoringSpec scoring,

        @ValidationRule(value = RoundSpec.SAME, message = RoundSpec.IMMUTABLE)
        @JsonPropertyDescription("How much is chosen, and how; absent: the round trains, is measured and ends.")
        SelectionSpec selection,

        @ValidationRule(value = RoundSpec.SAME, message = RoundSpec.IMMUTABLE)
        @Default("{}")
        @JsonPropertyDescription("Who labels.")
        LabelingSpec labeling,

        @ValidationRule(value = RoundSpec.SAME, message = RoundSpec.IMMUTABLE)
        @JsonPropertyDescription("What each stage's pods ask for, within the limits of the class.")
        StageResources resources) {

    static final String SAME = "self == oldSelf";

    static final String IMMUTABLE =
            "a round's spec can't be changed but for suspend, so that its labels always say what"
                    + " made them: make a new round";

    /** The same round, held or let go. */
    public RoundSpec withSuspend(boolean held) {
        return new RoundSpec(
                dataset,
                previousRound,
                labels,
                className,
                seed,
                held,
                strategy,
                mode,
                training,
                scoring,
                selection,
                labeling,
                resources);
    }

    /** True when the round is to hold. */
    public boolean held() {
        return Boolean.TRUE.equals(suspend);
    }

    /** Key of the weights of others that the training begins with; empty: none. */
    public String pretrained() {
        boolean named = training != null && training.pretrained() != null && !startsFromPreviousModel();
        return named ? training.pretrained() : "";
    }

    /** True when the training goes on from the previous round's model. */
    public boolean startsFromPreviousModel() {
        return training != null && training.start() == TrainParameters.Start.PreviousRound;
    }
}
