package io.viewal.contract;

/**
 * A request says something that this release does not know and that may change the outcome. A worker that is given one
 * ends with {@link StageFailure.Reason#WorkerTooOld}, so that the stage is tried again once its image is newer.
 */
public final class NewerRequestException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    NewerRequestException(String message) {
        super(message);
    }
}
