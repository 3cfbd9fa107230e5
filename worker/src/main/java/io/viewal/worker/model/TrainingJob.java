package io.viewal.worker.model;

import io.viewal.contract.Mode;
import io.viewal.contract.TrainParameters;
import io.viewal.worker.dataset.ImageSize;
import java.util.List;
import java.util.Optional;

/**
 * What is to be trained. Equal jobs make equal weights on a CPU.
 *
 * @param classes names by id
 * @param size of every frame
 * @param parameters the schedule; its {@code pretrained} and {@code start} are not looked at, see {@code start} here
 * @param start weights to begin with; empty: random ones
 * @param seed of the initial weights, the order, the augmentation and the dropout
 * @param training the labeled frames, at least one
 * @param validation chooses the best weights; empty: the last are kept
 * @param test is evaluated once, with the weights kept; may be empty
 */
public record TrainingJob(
        List<String> classes,
        ImageSize size,
        TrainParameters parameters,
        Optional<StartingWeights> start,
        long seed,
        TrainingSet training,
        TrainingSet validation,
        TrainingSet test) {

    public TrainingJob {
        classes = List.copyOf(classes);
    }

    /** What is trained. */
    ModelFile model() {
        return new ModelFile(ModelFile.architecture(parameters.mode(), parameters.backbone()), classes, size);
    }

    /** What the gradient of a batch is taken of. */
    MaskedCrossEntropy.Reduction reduction() {
        return parameters.mode() == Mode.reference
                ? MaskedCrossEntropy.Reduction.MEAN_BY_FRAMES
                : MaskedCrossEntropy.Reduction.MEAN;
    }
}
