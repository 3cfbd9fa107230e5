package io.viewal.operator.stage;

import io.viewal.operator.condition.Reason;
import java.time.Instant;

/** What the Job of an attempt, and its pods, show. */
public sealed interface AttemptState {

    /** The Job is there, but no worker runs yet. */
    record Waiting(Reason reason, String message) implements AttemptState {}

    /** At least one worker runs. */
    record Running(String message) implements AttemptState {}

    /**
     * No worker runs any more and the stage's result is not committed.
     *
     * @param at when it ended
     */
    record Ended(Cause cause, Reason reason, String message, Instant at) implements AttemptState {}

    /** Whether another attempt may help, and whether it counts. */
    enum Cause {
        /** The input is wrong: no other attempt can help. */
        PERMANENT,
        /** Another attempt may help. */
        FAILED,
        /** Not the worker's fault: another attempt, free of charge. */
        DISRUPTED,
        /** It was made of what its class says no longer, and had not begun: another attempt at once, not counted at all. */
        REPLACED
    }

    /** True while a worker runs or may yet run. */
    default boolean active() {
        return !(this instanceof Ended);
    }
}
