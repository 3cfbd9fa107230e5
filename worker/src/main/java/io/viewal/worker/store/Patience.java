package io.viewal.worker.store;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long is waited for a store that is away.
 *
 * @param first the pause after the first failure; each further one is twice as long
 * @param longest no pause is longer
 * @param inAll once so much time has passed without success it is given up
 */
public record Patience(Duration first, Duration longest, Duration inAll) {

    /** Of a person who waits for an answer at the command line. */
    public static final Patience SHORT =
            new Patience(Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofSeconds(6));

    /** Of a pod, whose work another one would have to begin anew. */
    public static final Patience LONG =
            new Patience(Duration.ofMillis(200), Duration.ofSeconds(20), Duration.ofMinutes(10));

    private static final int MAX_DOUBLINGS = 20;

    /**
     * How long to wait after so many failures: between half and all of the doubled pause, so that workers whose store comes
     * back do not all ask at once.
     */
    Duration pause(int failures, RandomGenerator random) {
        long doubled = first.toMillis() << Math.min(failures - 1, MAX_DOUBLINGS);
        long pause = Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(pause / 2 + random.nextLong(pause / 2 + 1));
    }

    boolean spent(Duration waited) {
        return waited.compareTo(inAll) >= 0;
    }
}
