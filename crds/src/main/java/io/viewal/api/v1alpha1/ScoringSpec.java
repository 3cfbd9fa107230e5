package io.viewal.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.viewal.contract.ScoreParameters;

/** Inference and geometry. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScoringSpec(
        @Default("20")
        @Min(1)
        @Max(1000)
        @JsonPropertyDescription("Monte Carlo dropout passes of strategies that sample; 1, and for other strategies:"
                + " one pass without dropout.")
        Integer passes,

        @Min(value = 0, inclusive = false)
        @Max(100)
        @JsonPropertyDescription("A point hits a pixel when their world points are closer than this, in metres; absent:"
                + " 0.1, in mode `reference` 1.0.")
        Double distanceThreshold,

        @Default("1") @Min(1) @Max(256) @JsonPropertyDescription("Workers that share the scenes.")
        Integer shards,

        @Default("Backbone")
        @JsonPropertyDescription(
                "Which dropouts the passes sample: `Backbone`, whole channels after the backbone as in the"
                        + " published code, or `Decoder`, single elements after the decoder's convolutions as in training. What"
                        + " comes before the first of them runs once a frame.")
        ScoreParameters.Dropout dropout) {}
