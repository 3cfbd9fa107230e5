package io.viewal.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** What the pods of each stage ask for. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StageResources(
        @JsonPropertyDescription("Pods that train.") PodResources train,

        @JsonPropertyDescription("Pods that score, each shard.")
        PodResources score,

        @JsonPropertyDescription("Pods that select.") PodResources select,
        @JsonPropertyDescription("Pods that label.") PodResources label) {}
