package io.viewal.worker.stage;

/** The process was asked to stop; what can be resumed has been saved. */
public final class StoppedException extends RuntimeException {

    public StoppedException() {
        super("Stopped before the end; the stage goes on from its last checkpoint when it is started again");
    }
}
