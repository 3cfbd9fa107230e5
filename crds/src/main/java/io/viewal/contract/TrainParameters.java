package io.viewal.contract;

import java.util.List;

/**
 * The training schedule; defaults are the paper's (ViewAL, section 4.1 and its published code).
 *
 * @param epochs passes over the labeled frames (50)
 * @param batchSize frames a step (6)
 * @param learningRate rate of the backbone (4e-4)
 * @param headLearningRateFactor rate of ASPP and decoder relative to it (10)
 * @param momentum SGD momentum (0.9)
 * @param weightDecay L2 penalty (5e-4)
 * @param milestones epochs at which the rate falls tenfold (35)
 * @param validateEvery epochs between validations (5); the best by mIoU is kept
 * @param earlyStoppingPatience validations without a better mIoU after which the training ends; 0: never early (0)
 * @param augment random flip and blur; null: true
 * @param classWeights weigh classes by inverse square root of frequency
 * @param pretrained key of a backbone or network state dict in the store; empty: random weights
 * @param checkpointEvery seconds between checkpoints (60)
 * @param image container image that trains in the worker's place; empty: the class's worker
 * @param start which weights the training begins with ({@code Pretrained})
 */
public record TrainParameters(
        int epochs,
        int batchSize,
        double learningRate,
        double headLearningRateFactor,
        double momentum,
        double weightDecay,
        List<Integer> milestones,
        int validateEvery,
        int earlyStoppingPatience,
        Boolean augment,
        boolean classWeights,
        String pretrained,
        int checkpointEvery,
        String image,
        Start start)
        implements StageParameters {

    public TrainParameters {
        epochs = epochs == 0 ? 50 : epochs;
        batchSize = batchSize == 0 ? 6 : batchSize;
        learningRate = learningRate == 0 ? 4e-4 : learningRate;
        headLearningRateFactor = headLearningRateFactor == 0 ? 10 : headLearningRateFactor;
        momentum = momentum == 0 ? 0.9 : momentum;
        weightDecay = weightDecay == 0 ? 5e-4 : weightDecay;
        milestones = milestones == null ? List.of(35) : List.copyOf(milestones);
        validateEvery = validateEvery == 0 ? 5 : validateEvery;
        augment = augment == null ? Boolean.TRUE : augment;
        pretrained = pretrained == null ? "" : pretrained;
        checkpointEvery = checkpointEvery == 0 ? 60 : checkpointEvery;
        image = image == null ? "" : image;
        start = start == null ? Start.Pretrained : start;
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
