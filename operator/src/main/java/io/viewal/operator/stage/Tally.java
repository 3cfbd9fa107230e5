package io.viewal.operator.stage;

/**
 * How a stage's attempts went.
 *
 * @param attempt number of the newest attempt; 0: none yet
 * @param failures attempts that failed and count against the limit
 * @param disruptions attempts that were disrupted and don't count
 */
public record Tally(int attempt, int failures, int disruptions) {

    /** Nothing launched yet. */
    public static final Tally NONE = new Tally(0, 0, 0);

    Tally launched(int next) {
        return new Tally(next, failures, disruptions);
    }

    Tally failed() {
        return new Tally(attempt, failures + 1, disruptions);
    }

    Tally plus(AttemptState.Ended ended) {
        return switch (ended.cause()) {
            case PERMANENT, FAILED -> failed();
            case DISRUPTED -> new Tally(attempt, failures, disruptions + 1);
            case REPLACED -> this;
        };
    }
}
