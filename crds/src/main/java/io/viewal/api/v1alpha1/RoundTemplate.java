package io.viewal.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.viewal.contract.Mode;

/** What all rounds of an experiment have in common; fields as in {@link RoundSpec}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RoundTemplate(
        @Pattern(Api.NAME)
        @Size(max = Api.NAME_LENGTH)
        @JsonPropertyDescription("Name of the RoundClass; absent: the default one.")
        String className,

        @Default("corrected") @JsonPropertyDescription("`corrected` or `reference`, as in a round.")
        Mode mode,

        @Default("{}") @JsonPropertyDescription("The training schedule.")
        TrainingSpec training,

        @Default("{}") @JsonPropertyDescription("Inference, geometry and sharding.")
        ScoringSpec scoring,

        @Required @JsonPropertyDescription("How much is chosen in each round, and how.")
        SelectionSpec selection,

        @Default("{}") @JsonPropertyDescription("Who labels.")
        LabelingSpec labeling,

        @JsonPropertyDescription("What each stage's pods ask for, within the limits of the class.")
        StageResources resources) {}
