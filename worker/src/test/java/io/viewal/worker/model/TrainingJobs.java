package io.viewal.worker.model;

import io.viewal.contract.TrainParameters;
import java.util.List;
import java.util.Optional;

/** Small trainings. */
final class TrainingJobs {

    private TrainingJobs() {}

    static TrainParameters parameters(int epochs, int batchSize, double rate) {
        int milestone = epochs / 2 + 1;
        return new TrainParameters(
                epochs, batchSize, rate, 10, 0.9, 5e-4, List.of(milestone), 2, 0, true, false, "", 3600, "", null);
    }

    /** The same, ended early. */
    static TrainParameters patient(TrainParameters p, int validateEvery, int patience) {
        return new TrainParameters(
                p.epochs(),
                p.batchSize(),
                p.learningRate(),
                p.headLearningRateFactor(),
                p.momentum(),
                p.weightDecay(),
                p.milestones(),
                validateEvery,
                patience,
                p.augment(),
                p.classWeights(),
                p.pretrained(),
                p.checkpointEvery(),
                p.image(),
                p.start());
    }

    static TrainingJob job(TrainParameters parameters, TrainingSet training) {
        return job(parameters, training, TrainingSet.empty(), TrainingSet.empty());
    }

    static TrainingJob job(TrainParameters parameters, TrainingSet training, TrainingSet validation, TrainingSet test) {
        return new TrainingJob(
                StripedFrames.CLASSES,
                StripedFrames.SIZE,
                parameters,
                Optional.empty(),
                11,
                training,
                validation,
                test);
    }

    /** The same, begun with these weights. */
    static TrainingJob from(StartingWeights start, TrainingJob job) {
        return new TrainingJob(
                job.classes(),
                job.size(),
                job.parameters(),
                Optional.of(start),
                job.seed(),
                job.training(),
                job.validation(),
                job.test());
    }
}
