package io.viewal.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.viewal.contract.SelectParameters;

/** How many regions are chosen, and which shadow each other. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SelectionSpec(
        @Required @JsonPropertyDescription("How much is to be labeled in this round.")
        Budget budget,

        @Default("0.25")
        @Min(value = 0, inclusive = false)
        @Max(1)
        @JsonPropertyDescription("Two superpixels overlap when one covers more than this share of the other.")
        Double overlapThreshold,

        @Default("Fail")
        @JsonPropertyDescription("What to do when less is left to label than the budget asks for; a budget of clicks"
                + " takes what there is.")
        SelectParameters.Shortage onShortage) {

    /** A labeling budget. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Budget(
            @Required @Min(value = 0, inclusive = false) @Max(1e12) @JsonPropertyDescription("How many units.")
            Double amount,

            @Default("Images")
            @JsonPropertyDescription("What is counted: `Images` (multiples of height x width pixels), `Pixels`,"
                    + " `Regions` or `Clicks` (what the answers cost by the documented model: labeling ends with the"
                    + " last one that they pay for).")
            SelectParameters.Unit unit) {}
}
