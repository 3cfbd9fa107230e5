package io.viewal.worker.model;

import io.viewal.contract.TrainParameters;

/** The backbone's rate by epoch: a tenth from each milestone on. */
record LearningRate(TrainParameters parameters) {

    private static final double DECAY = 0.1;

    /** @param epoch from 0 */
    double at(long epoch) {
        long passed = parameters.milestones().stream()
                .filter(milestone -> milestone <= epoch)
                .count();
        return parameters.learningRate() * Math.pow(DECAY, passed);
    }
}
