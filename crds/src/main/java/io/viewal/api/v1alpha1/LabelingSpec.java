package io.viewal.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.ValidationRule;
import io.viewal.contract.LabelParameters;

/** Who labels. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.oracle) || self.oracle != 'Annotators'",
        message = "labeling.oracle Annotators is for rounds on files so far: use 'viewal run' and 'viewal label', or"
                + " GroundTruth")
public record LabelingSpec(
        @Default("GroundTruth")
        @JsonPropertyDescription(
                "Where labels come from: `GroundTruth`, the data set's own, or `Annotators`, people, on"
                        + " files so far (`viewal label`).")
        LabelParameters.Oracle oracle,

        @Default("Exact")
        @JsonPropertyDescription(
                "What ground truth says of a region: `Exact`, the class of each pixel as in the paper, or"
                        + " `Dominant`, one class for the whole region, its most frequent one, for one click.")
        LabelParameters.Answer answer,

        @Default("6")
        @Min(1)
        @Max(100)
        @JsonPropertyDescription("How many of the chosen frames the round's page shows.")
        Integer pageFrames,

        @JsonPropertyDescription("Carries labels into the other views that see the same surface, to train on; they are"
                + " marked, and count as nobody's work. Absent: not at all; `{}`: by the defaults.")
        Propagation propagation,

        @Pattern("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$")
        @JsonPropertyDescription("When the round goes on with the answers that annotators gave so far, such as"
                + " `2027-01-31T18:00:00Z`; absent: never.")
        String deadline,

        @Min(value = 0, inclusive = false)
        @Max(1)
        @JsonPropertyDescription(
                "The share of the regions on whose answers by annotators the round goes on; absent: all.")
        Double minimumShare) {

    /** How labels are carried into other views. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Propagation(
            @Default("0.05")
            @Min(value = 0, inclusive = false)
            @Max(100)
            @JsonPropertyDescription(
                    "Two views see the same surface when their points are closer than this, in" + " metres.")
            Double distanceThreshold) {}
}
