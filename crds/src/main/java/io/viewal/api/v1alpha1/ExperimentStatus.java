package io.viewal.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Map;

/** How far an experiment has come. What each round found is in the rounds and in the report, never here. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ExperimentStatus(
        @JsonPropertyDescription("Generation of the spec that this status is about.")
        Long observedGeneration,

        @JsonPropertyDescription("Number of arms, the control arm and the reference among them.")
        Integer arms,

        @JsonPropertyDescription("Rounds done of all.") String progress,

        @JsonPropertyDescription("Number of rounds.") Rounds rounds,

        @JsonPropertyDescription("The arm with the best score so far.")
        Best best,

        @JsonPropertyDescription("Labeled share of the train split's pixels, of the run that has labeled most.")
        Double labeledFraction,

        @JsonPropertyDescription("Where each arm stands.") List<ArmState> armStates,

        @JsonPropertyDescription("Why no other rounds are made though there are some left; absent: they are.")
        String stopReason,

        @JsonPropertyDescription("When the first round was made.")
        String startedAt,

        @JsonPropertyDescription("`Ready`, `Reconciling` and `Stalled` as kstatus reads them, and one of the report.")
        List<Condition> conditions,

        @JsonPropertyDescription("The report's stage.") List<StageStatus> stages,

        @JsonPropertyDescription("The newest report, by name.")
        Map<String, Artifact> artifacts,

        @JsonPropertyDescription("Name of the RoundClass that the report is made with.")
        String className,

        @JsonPropertyDescription("What the experiment started from, fixed when its first round is made.")
        Inputs inputs) {

    /** Numbers of rounds. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Rounds(
            @JsonPropertyDescription("All that the experiment has as it stands.")
            Integer all,

            @JsonPropertyDescription("Complete.") Integer done,
            @JsonPropertyDescription("Under way.") Integer running,
            @JsonPropertyDescription("Failed.") Integer failed) {}

    /** The best arm. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Best(
            @JsonPropertyDescription("Its name.") String arm,

            @JsonPropertyDescription("Mean score of its runs after as many rounds as all arms have.")
            Double meanIoU,

            @JsonPropertyDescription("After how many labeling rounds.")
            Integer round) {}

    /** Where an arm stands. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record ArmState(
            @JsonPropertyDescription("Its name.") String name,
            @JsonPropertyDescription("One line for people.") String message,

            @JsonPropertyDescription(
                    "Labels that its runs needed for 90, 95 and 99 percent of the reference's score, as far as"
                            + " they got there.")
            Map<String, LabelsNeeded> labelsNeeded) {}

    /** Labels needed for a share of the reference's score, in labeled share of the train split's pixels. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LabelsNeeded(
            @JsonPropertyDescription("Mean over the seeds that got there.")
            Double fraction,

            @JsonPropertyDescription("The least of a seed.") Double least,
            @JsonPropertyDescription("The most of a seed.") Double most) {}

    /** What an experiment started from. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Inputs(
            @JsonPropertyDescription("Where everything lies.")
            StoreReference store,

            @JsonPropertyDescription("SHA-256 of the prepared data set's manifest.")
            String datasetDigest) {}
}
