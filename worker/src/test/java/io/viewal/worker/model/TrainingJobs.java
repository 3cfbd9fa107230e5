package io.viewal.worker.model;

import io.viewal.contract.TrainParameters;
import io.viewal.contract.TrainParametersBuilder;
import java.util.List;
import java.util.Optional;

/** Small trainings. */
final class TrainingJobs {

    private TrainingJobs() {}

    static TrainParameters parameters(int epochs, int batchSize, double rate) {
        return TrainParametersBuilder.builder()
                .epochs(epochs)
                .batchSize(batchSize)
                .learningRate(rate)
                .milestones(List.of(epochs / 2 + 1))
                .validateEvery(2)
                .checkpointEvery(3600)
                .build();
    }

    /** The same, ended early. */
    static TrainParameters patient(TrainParameters parameters, int validateEvery, int patience) {
        return TrainParametersBuilder.builder(parameters)
                .validateEvery(validateEvery)
                .earlyStoppingPatience(patience)
                .build();
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
