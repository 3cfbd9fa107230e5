package io.viewal.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.viewal.contract.Mode;

/** One way to choose regions. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = "has(self.overrides) == has(oldSelf.overrides)", message = ExperimentArm.IMMUTABLE)
public record ExperimentArm(
        @Required
        @Pattern("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$")
        @Size(min = 1, max = 24)
        @JsonPropertyDescription("Part of its rounds' names.")
        String name,

        @ValidationRule(value = RoundSpec.SAME, message = ExperimentArm.IMMUTABLE)
        @Default("ViewAL")
        @Pattern(Strategy.PATTERN)
        @Size(max = Api.NAME_LENGTH)
        @JsonPropertyDescription("Acquisition strategy of its rounds, as in a round.")
        String strategy,

        @ValidationRule(value = RoundSpec.SAME, message = ExperimentArm.IMMUTABLE)
        @JsonPropertyDescription(
                "What its rounds have in the template's place, field by field; lists are replaced whole.")
        Overrides overrides,

        @JsonPropertyDescription("Its own stop rules, each in the place of the experiment's.")
        ExperimentStop stop) {

    static final String IMMUTABLE =
            "an arm can't be changed but for its stop rules, as its rounds rest on it: give the changed arm another name,"
                    + " or " + ExperimentSpec.GO_ON;

    /** Fields that are not given are the template's. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Overrides(
            @JsonPropertyDescription("`corrected` or `reference`.")
            Mode mode,

            @JsonPropertyDescription("As in the template.") TrainingSpec training,
            @JsonPropertyDescription("As in the template.") ScoringSpec scoring,
            @JsonPropertyDescription("As in the template.") SelectionSpec selection,
            @JsonPropertyDescription("As in the template.") LabelingSpec labeling) {}
}
