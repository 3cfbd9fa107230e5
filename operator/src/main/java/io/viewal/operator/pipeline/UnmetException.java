package io.viewal.operator.pipeline;

import io.viewal.operator.condition.Reason;
import io.viewal.operator.condition.Verdict;

/** Something that must be there before work can go on is not. */
public final class UnmetException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Verdict verdict;

    private UnmetException(Verdict verdict) {
        super(verdict.message());
        this.verdict = verdict;
    }

    /** Work stands there. */
    public static UnmetException of(Verdict verdict) {
        return new UnmetException(verdict);
    }

    /** It comes by itself. */
    public static UnmetException waiting(Reason reason, String message) {
        return new UnmetException(Verdict.progressing(reason, message));
    }

    /** Someone must act. */
    public static UnmetException stalled(Reason reason, String message) {
        return new UnmetException(Verdict.stalled(reason, message));
    }

    /** For the conditions. */
    public Verdict verdict() {
        return verdict;
    }
}
