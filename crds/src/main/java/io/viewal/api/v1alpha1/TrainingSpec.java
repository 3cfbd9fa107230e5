package io.viewal.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.viewal.contract.Backbone;
import io.viewal.contract.TrainParameters;
import java.util.List;

/** The training schedule; defaults are the paper's. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrainingSpec(
        @Default("MobileNetV2")
        @JsonPropertyDescription(
                "The network below the segmentation head: `MobileNetV2`, the paper's, or" + " `EfficientNetLite0`.")
        Backbone backbone,

        @Default("50") @Min(1) @Max(10000) @JsonPropertyDescription("Passes over the labeled frames.")
        Integer epochs,

        @Default("6") @Min(1) @Max(1024) @JsonPropertyDescription("Frames a step.")
        Integer batchSize,

        @Default("0.0004")
        @Min(value = 0, inclusive = false)
        @Max(10)
        @JsonPropertyDescription("Learning rate of the backbone.")
        Double learningRate,

        @Default("10")
        @Min(value = 0, inclusive = false)
        @Max(1000)
        @JsonPropertyDescription("Learning rate of ASPP and decoder relative to the backbone's.")
        Double headLearningRateFactor,

        @Default("0.9") @Min(0) @Max(value = 1, inclusive = false) @JsonPropertyDescription("Momentum of SGD.")
        Double momentum,

        @Default("0.0005") @Min(0) @Max(1) @JsonPropertyDescription("L2 penalty.")
        Double weightDecay,

        @Default("[35]") @Size(max = 32) @JsonPropertyDescription("Epochs at which the learning rate falls tenfold.")
        List<@Min(1) @Max(10000) Integer> milestones,

        @Default("5")
        @Min(1)
        @Max(10000)
        @JsonPropertyDescription("Epochs between validations; the best network by mIoU is kept.")
        Integer validateEvery,

        @Default("0")
        @Min(0)
        @Max(10000)
        @JsonPropertyDescription(
                "Validations without a better mIoU after which the training ends; 0: it never ends" + " early.")
        Integer earlyStoppingPatience,

        @JsonPropertyDescription("Random flip and blur; absent: true, in mode `reference` false.")
        Boolean augment,

        @Default("false") @JsonPropertyDescription("Weighs classes by inverse square root of their frequency.")
        Boolean classWeights,

        @Default("\"\"")
        @Size(max = 1024)
        @Pattern("^([A-Za-z0-9][A-Za-z0-9._=+-]*(/[A-Za-z0-9][A-Za-z0-9._=+-]*)*)?$")
        @JsonPropertyDescription("Key, in the class's store, of weights to start from: a state dict of the"
                + " backbone or of the whole network; empty: random weights.")
        String pretrained,

        @Default("60") @Min(1) @Max(86400) @JsonPropertyDescription("Seconds between checkpoints.")
        Integer checkpointEvery,

        @Default("\"\"")
        @Size(max = 512)
        @Pattern("^([A-Za-z0-9][A-Za-z0-9._:/@-]*)?$")
        @JsonPropertyDescription("Container image that trains in the worker's place and keeps the stage contract, see"
                + " own-trainer.md; the class must allow it. Empty: the class's worker.")
        String image,

        @Default("Pretrained")
        @JsonPropertyDescription(
                "Weights to begin with: `Pretrained`, those of `pretrained`, in every round anew as in the"
                        + " paper; or `PreviousRound`, those of the previous round's model; `pretrained` is not read then.")
        TrainParameters.Start start) {}
