package io.viewal.operator.store;

import io.viewal.operator.condition.Reason;
import io.viewal.operator.condition.Verdict;

/** The store can't be used, as the message says in one sentence with what to do. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public StoreException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public StoreException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** What it means for whoever needs the store. */
    public Verdict verdict() {
        return reason == Reason.StoreUnavailable
                ? Verdict.progressing(reason, getMessage())
                : Verdict.stalled(reason, getMessage());
    }

    /** Why, for the condition. */
    public Reason reason() {
        return reason;
    }
}
