package io.viewal.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** When a run labels no more, though it has rounds left. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExperimentStop(
        @Min(value = 0, inclusive = false)
        @Max(1)
        @JsonPropertyDescription("Labeled share of the train split's pixels.")
        Double labeledFraction,

        @Min(value = 0, inclusive = false)
        @Max(2)
        @JsonPropertyDescription("Share of the score of the reference with the same seed.")
        Double shareOfReference,

        @JsonPropertyDescription("Rounds without a better score.")
        Plateau plateau,

        @Min(1) @JsonPropertyDescription("Clicks that all labels of the run may cost, the seed set's among them.")
        Long clicks,

        @Min(value = 0, inclusive = false) @JsonPropertyDescription("Seconds of a person's work that they may cost.")
        Double seconds,

        @Min(0)
        @Max(1000)
        @JsonPropertyDescription(
                "How many rounds may fail. A failed round ends its run; when one more than this has failed, no"
                        + " other round is made. Absent: the other runs go on, however many failed.")
        Integer maxFailedRounds) {

    /** Rounds without a better score. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Plateau(
            @Default("3") @Min(1) @Max(99) @JsonPropertyDescription("How many rounds.")
            Integer window,

            @Default("0.005") @Min(0) @Max(1) @JsonPropertyDescription("A score is better by more than this, in mIoU.")
            Double delta) {}
}
