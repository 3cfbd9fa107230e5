package io.viewal.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Map;

/** How far the preparation of a data set has come, and what is in it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DatasetStatus(
        @JsonPropertyDescription("Generation of the spec that this status is about.")
        Long observedGeneration,

        @JsonPropertyDescription("Share of the preparation that is done.")
        String progress,

        @JsonPropertyDescription("How the preparation ended; absent until then. Final.")
        Outcome outcome,

        @JsonPropertyDescription("True when rounds can use the data set.")
        Boolean ready,

        @JsonPropertyDescription("Name of the RoundClass that the data set uses.")
        String className,

        @JsonPropertyDescription("Number of scenes.") Long scenes,
        @JsonPropertyDescription("Number of frames.") Long frames,
        @JsonPropertyDescription("Number of classes.") Long classes,

        @JsonPropertyDescription("Pixels of the train split.")
        Long trainPixels,

        @JsonPropertyDescription("Labeled pixels of the seed set.")
        Long labeledPixels,

        @JsonPropertyDescription("Labeled share of the train split's pixels in the seed set.")
        Double labeledFraction,

        @JsonPropertyDescription("Clicks that labeling the seed set took, by the documented cost model.")
        Long clicks,

        @JsonPropertyDescription("Seconds of a person's work that it took, by the same model.")
        Double seconds,

        @JsonPropertyDescription(
                "The best mean IoU, 0 to 1, that labels of whole superpixels allow: each has its most frequent"
                        + " class. Absent without ground truth.")
        Double superpixelMeanIoU,

        @JsonPropertyDescription("What comparing the views of the scenes found; absent when they were not compared.")
        String preflight,

        @JsonPropertyDescription("SHA-256 of the prepared data set's manifest, which names every file by its own.")
        String digest,

        @JsonPropertyDescription("`Ready`, `Reconciling` and `Stalled` as kstatus reads them, and one a stage.")
        List<Condition> conditions,

        @JsonPropertyDescription("The one stage.") List<StageStatus> stages,

        @JsonPropertyDescription("What the preparation made, by name.")
        Map<String, Artifact> artifacts,

        @JsonPropertyDescription("Where everything lies, fixed when the preparation starts.")
        StoreReference store) {}
