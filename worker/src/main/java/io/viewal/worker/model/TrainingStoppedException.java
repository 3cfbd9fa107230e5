package io.viewal.worker.model;

/** The training was asked to stop; its state has been saved, and training again goes on from there. */
public final class TrainingStoppedException extends RuntimeException {

    TrainingStoppedException(long iteration, long iterations) {
        super("Training stopped after iteration " + iteration + " of " + iterations + "; its checkpoint is saved");
    }
}
