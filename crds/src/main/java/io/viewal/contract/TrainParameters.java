package io.viewal.contract;

import static java.util.Objects.requireNonNullElse;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * The training schedule. Absent fields take the defaults in parentheses, which are the paper's (ViewAL, section 4.1 and
 * its published code); zero is zero. Made by {@link TrainParametersBuilder}.
 *
 * @param mode how the network pads and the loss is scaled ({@code corrected})
 * @param backbone the network below the head ({@code MobileNetV2})
 * @param epochs passes over the labeled frames (50)
 * @param batchSize frames a step (6)
 * @param learningRate rate of the backbone (4e-4)
 * @param headLearningRateFactor rate of ASPP and decoder relative to it (10)
 * @param momentum SGD momentum (0.9)
 * @param weightDecay L2 penalty (5e-4)
 * @param milestones epochs at which the rate falls tenfold (35)
 * @param validateEvery epochs between validations (5); the best by mIoU is kept
 * @param earlyStoppingPatience validations without a better mIoU after which the training ends; 0: never early (0)
 * @param augment random flip and blur; may be null: see {@link #augments()}
 * @param classWeights weigh classes by inverse square root of frequency (false)
 * @param pretrained key of a backbone or network state dict in the store; empty: random weights
 * @param checkpointEvery seconds between checkpoints (60)
 * @param image container image that trains in the worker's place; empty: the class's worker
 * @param start which weights the training begins with ({@code Pretrained})
 * @param fullSupervision true: on every labeled pixel of the train split, and the request has no label set; null: on the
 *     request's label set
 */
@RecordBuilder
public record TrainParameters(
        Mode mode,
        Backbone backbone,
        @Within(min = 1, max = 10_000) Integer epochs,
        @Within(min = 1, max = 1024) Integer batchSize,
        @Within(min = 0, aboveMin = true, max = 10) Double learningRate,
        @Within(min = 0, aboveMin = true, max = 1000) Double headLearningRateFactor,
        @Within(min = 0, max = 1, belowMax = true) Double momentum,
        @Within(min = 0, max = 1) Double weightDecay,
        @Within(min = 1, max = 10_000) List<Integer> milestones,
        @Within(min = 1, max = 10_000) Integer validateEvery,
        @Within(min = 0, max = 10_000) Integer earlyStoppingPatience,
        Boolean augment,
        Boolean classWeights,
        String pretrained,
        @Within(min = 1, max = 86_400) Integer checkpointEvery,
        String image,
        Start start,
        Boolean fullSupervision)
        implements StageParameters {

    public TrainParameters {
        mode = requireNonNullElse(mode, Mode.corrected);
        backbone = requireNonNullElse(backbone, Backbone.MobileNetV2);
        epochs = requireNonNullElse(epochs, 50);
        batchSize = requireNonNullElse(batchSize, 6);
        learningRate = requireNonNullElse(learningRate, 4e-4);
        headLearningRateFactor = requireNonNullElse(headLearningRateFactor, 10.0);
        momentum = requireNonNullElse(momentum, 0.9);
        weightDecay = requireNonNullElse(weightDecay, 5e-4);
        milestones = milestones == null ? List.of(35) : List.copyOf(milestones);
        validateEvery = requireNonNullElse(validateEvery, 5);
        earlyStoppingPatience = requireNonNullElse(earlyStoppingPatience, 0);
        classWeights = requireNonNullElse(classWeights, false);
        pretrained = requireNonNullElse(pretrained, "");
        checkpointEvery = requireNonNullElse(checkpointEvery, 60);
        image = requireNonNullElse(image, "");
        start = requireNonNullElse(start, Start.Pretrained);
    }

    /** Whether frames are flipped and blurred at random; where it is not said, the published code does not. */
    public boolean augments() {
        return requireNonNullElse(augment, mode == Mode.corrected);
    }

    /** Whether every labeled pixel of the train split is trained on. */
    public boolean fullySupervised() {
        return Boolean.TRUE.equals(fullSupervision);
    }

    /** True when there are weights that the training begins with, which are an input then. */
    public boolean beginsWithWeights() {
        return start == Start.PreviousRound || !pretrained.isEmpty();
    }

    /** What the pretrained weights are, and not their key, determines the outcome; when it is saved does not. */
    @Override
    public StageParameters determining() {
        return TrainParametersBuilder.builder(this)
                .pretrained(null)
                .checkpointEvery(null)
                .build();
    }

    /** Which weights a training begins with. */
    @SuppressWarnings("MemberName") // The names are the YAML's.
    public enum Start {
        /** Those of {@code pretrained}, in every round anew, as the paper does it. */
        Pretrained,

        /** Those of the previous round's model; {@code pretrained} is not read. */
        PreviousRound
    }

    @Override
    public Stage stage() {
        return Stage.TRAIN;
    }
}
