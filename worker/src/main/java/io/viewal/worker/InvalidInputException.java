package io.viewal.worker;

import io.viewal.contract.StageFailure;

/** Input that someone must make right, as its message tells; the reason says whether another attempt may help. */
public class InvalidInputException extends RuntimeException {

    private final StageFailure.Reason reason;

    /**
     * @param reason for the round's condition
     * @param message one sentence that names the thing, what was expected and what to do
     */
    public InvalidInputException(StageFailure.Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** As above, keeping what was caught. */
    public InvalidInputException(StageFailure.Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why, as the condition says it. */
    public StageFailure.Reason reason() {
        return reason;
    }
}
