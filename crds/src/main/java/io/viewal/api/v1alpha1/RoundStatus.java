package io.viewal.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Map;

/** How far a round has come. Lists of regions live in the store, never here. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RoundStatus(
        @JsonPropertyDescription("Generation of the spec that this status is about.")
        Long observedGeneration,

        @JsonPropertyDescription("The stage that the round is at.")
        String stage,

        @JsonPropertyDescription("Share of that stage that is done.")
        String progress,

        @JsonPropertyDescription("How the round ended; absent until then. Final.")
        Outcome outcome,

        @JsonPropertyDescription("Name of the RoundClass that the round uses.")
        String className,

        @JsonPropertyDescription("The labels that the model was trained on.")
        TrainedOn trainedOn,

        @JsonPropertyDescription("mIoU on the test split, or on the validation split where there is no test split.")
        Double meanIoU,

        @JsonPropertyDescription("The labels after this round; absent until it has labeled.")
        Labels labels,

        @JsonPropertyDescription("`Ready`, `Reconciling` and `Stalled` as kstatus reads them, and one a stage.")
        List<Condition> conditions,

        @JsonPropertyDescription("The stages in order.") List<StageStatus> stages,
        @JsonPropertyDescription("Figures of the stages.") Map<String, Double> metrics,

        @JsonPropertyDescription("Short texts of the stages, such as the device that trained.")
        Map<String, String> facts,

        @JsonPropertyDescription("What the round made, by name.")
        Map<String, Artifact> artifacts,

        @JsonPropertyDescription("What the round started from, fixed when its first stage starts.")
        Inputs inputs) {

    /** What a model was trained on; labels that nobody gave (propagated, pseudo) are not counted. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TrainedOn(
            @JsonPropertyDescription("Labeled pixels.") Long pixels,

            @JsonPropertyDescription("Their share of the train split's pixels.")
            Double fraction,

            @JsonPropertyDescription("Regions that were labeled; a whole frame is one.")
            Long regions,

            @JsonPropertyDescription("Clicks that their labels took, by the documented cost model.")
            Long clicks,

            @JsonPropertyDescription("Seconds of a person's work that they took, by the same model.")
            Double seconds) {}

    /** The labels after a round. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Labels(
            @JsonPropertyDescription("Labeled pixels.") Long pixels,

            @JsonPropertyDescription("Labeled share of the train split's pixels.")
            Double fraction,

            @JsonPropertyDescription(
                    "Clicks that all labels so far took, the seed set's among them, by the documented cost model.")
            Long clicks,

            @JsonPropertyDescription("Seconds of a person's work that they took, by the same model.")
            Double seconds) {}

    /** What a round started from. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Inputs(
            @JsonPropertyDescription("Where everything lies.")
            StoreReference store,

            @JsonPropertyDescription("The prepared data set.")
            Artifact dataset,

            @JsonPropertyDescription("The labels; absent with full supervision.")
            Artifact labels,

            @JsonPropertyDescription("The previous round's model, if the training starts from it.")
            Artifact model,

            @JsonPropertyDescription("The weights that `training.pretrained` named, if the training starts from them.")
            Artifact pretrained) {}
}
