package io.viewal.worker.model;

/** Follows a training; called from the training thread, so it must return quickly. */
@FunctionalInterface
public interface TrainingListener {

    /** Called after every iteration. */
    void iterationDone(TrainingProgress progress);
}
