package io.viewal.worker.stage;

/** The process was asked to stop; what can be resumed has been saved. */
public final class StoppedException extends RuntimeException {

    StoppedException() {
        this(null);
    }

    StoppedException(Throwable cause) {
        super("Stopped before the end; the stage goes on from its last checkpoint when it is started again", cause);
    }
}
