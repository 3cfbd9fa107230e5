package io.viewal.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** What a researcher asks for. Immutable but for {@code suspend}: another wish is another round. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.dataset == oldSelf.dataset && self.?previousRound == oldSelf.?previousRound"
                + " && self.?className == oldSelf.?className && self.seed == oldSelf.seed"
                + " && self.strategy == oldSelf.strategy && self.mode == oldSelf.mode"
                + " && self.training == oldSelf.training && self.scoring == oldSelf.scoring"
                + " && self.selection == oldSelf.selection && self.labeling == oldSelf.labeling"
                + " && self.?resources == oldSelf.?resources",
        message = "a round's spec can't be changed but for suspend, so that its labels always say what made them:"
                + " make a new round")
public record RoundSpec(
        @Required
        @Pattern(Api.NAME)
        @Size(max = Api.NAME_LENGTH)
        @JsonPropertyDescription("Name of the MultiViewDataset, in the round's namespace.")
        String dataset,

        @Pattern(Api.NAME)
        @Size(max = Api.NAME_LENGTH)
        @JsonPropertyDescription("Name of the round whose labels this one starts from, in the same namespace;"
                + " absent: the data set's seed set.")
        String previousRound,

        @Pattern(Api.NAME)
        @Size(max = Api.NAME_LENGTH)
        @JsonPropertyDescription("Name of the RoundClass; absent: the default one.")
        String className,

        @Default("0") @JsonPropertyDescription("What every random choice is drawn from.")
        Long seed,

        @Default("false")
        @JsonPropertyDescription("Stops the running stage at its last checkpoint and holds the round.")
        Boolean suspend,

        @Default("ViewAL") @JsonPropertyDescription("Acquisition strategy: how regions are scored.")
        Strategy strategy,

        @Default("corrected")
        @JsonPropertyDescription("`corrected`, or `reference`: as the published code does it, defects included.")
        Mode mode,

        @Default("{}") @JsonPropertyDescription("The training schedule.")
        TrainingSpec training,

        @Default("{}") @JsonPropertyDescription("Inference, geometry and sharding.")
        ScoringSpec scoring,

        @Required @JsonPropertyDescription("How much is chosen, and how.")
        SelectionSpec selection,

        @Default("{}") @JsonPropertyDescription("Who labels.")
        LabelingSpec labeling,

        @JsonPropertyDescription("What each stage's pods ask for, within the limits of the class.")
        StageResources resources) {

    /** The same round, held or let go. */
    public RoundSpec withSuspend(boolean held) {
        return new RoundSpec(
                dataset,
                previousRound,
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
}
