package io.viewal.operator.stage;

import java.time.Duration;
import java.time.Instant;

/**
 * When another attempt is made.
 *
 * @param maxAttempts how many attempts may fail
 * @param backoff before the second attempt; doubled before each further one
 */
public record RetryPolicy(int maxAttempts, Duration backoff) {

    /** Disruptions cost nothing, but a stage that is always disrupted never ends. */
    static final int MAX_DISRUPTIONS = 50;

    /** So many disruptions are followed by another attempt at once, later ones after a pause. */
    private static final int IMMEDIATE_DISRUPTIONS = 3;

    private static final Duration MAX_BACKOFF = Duration.ofHours(1);

    private static final int MAX_DOUBLINGS = 12;

    boolean exhausted(Tally tally) {
        return tally.failures() >= maxAttempts || tally.disruptions() >= MAX_DISRUPTIONS;
    }

    /** When the next attempt is due after one that ended so. */
    Instant due(Tally tally, AttemptState.Ended ended) {
        int waits = ended.cause() == AttemptState.Cause.DISRUPTED
                ? tally.disruptions() - IMMEDIATE_DISRUPTIONS
                : tally.failures();
        return waits <= 0 ? ended.at() : ended.at().plus(doubled(waits - 1));
    }

    private Duration doubled(int times) {
        Duration wait = backoff.multipliedBy(1L << Math.min(times, MAX_DOUBLINGS));
        return wait.compareTo(MAX_BACKOFF) > 0 ? MAX_BACKOFF : wait;
    }
}
