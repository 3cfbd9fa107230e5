package io.viewal.operator.stage;

import java.time.Duration;
import java.time.Instant;

/**
 * When an attempt is given up and another one is made.
 *
 * @param maxAttempts how many attempts may fail
 * @param backoff before the second attempt; doubled before each further one
 * @param stall how long a worker that has reported may report nothing more
 */
public record RetryPolicy(int maxAttempts, Duration backoff, Duration stall) {

    /** Disruptions cost nothing, but a stage that is always disrupted never ends. */
    static final int MAX_DISRUPTIONS = 50;

    /** So many disruptions are followed by another attempt at once, later ones after a pause. */
    private static final int IMMEDIATE_DISRUPTIONS = 3;

    private static final Duration MAX_BACKOFF = Duration.ofHours(1);

    private static final int MAX_DOUBLINGS = 12;

    /** True when no further attempt is made after one that did not help. */
    public boolean exhausted(Tally tally) {
        return tally.failures() >= maxAttempts || tally.disruptions() >= MAX_DISRUPTIONS;
    }

    /** When the next attempt is due after one that ended so. */
    Instant due(Tally tally, AttemptState.Ended ended) {
        int waits = switch (ended.cause()) {
            case PERMANENT, FAILED -> tally.failures();
            case DISRUPTED -> tally.disruptions() - IMMEDIATE_DISRUPTIONS;
            case REPLACED -> 0;
        };
        return waits <= 0 ? ended.at() : ended.at().plus(doubled(waits - 1));
    }

    private Duration doubled(int times) {
        Duration wait = backoff.multipliedBy(1L << Math.min(times, MAX_DOUBLINGS));
        return wait.compareTo(MAX_BACKOFF) > 0 ? MAX_BACKOFF : wait;
    }
}
