package io.viewal.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.viewal.contract.LabelParameters;

/** Who labels. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LabelingSpec(
        @Default("GroundTruth") @JsonPropertyDescription("Where labels come from: the data set's own.")
        LabelParameters.Oracle oracle,

        @Default("Exact")
        @JsonPropertyDescription(
                "What the oracle says of a region: `Exact`, the class of each pixel as in the paper, or"
                        + " `Dominant`, one class for the whole region, its most frequent one, for one click.")
        LabelParameters.Answer answer,

        @Default("6")
        @Min(1)
        @Max(100)
        @JsonPropertyDescription("How many of the chosen frames the round's page shows.")
        Integer pageFrames,

        @JsonPropertyDescription("Carries labels into the other views that see the same surface, to train on; they are"
                + " marked, and count as nobody's work. Absent: not at all; `{}`: by the defaults.")
        Propagation propagation) {

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
