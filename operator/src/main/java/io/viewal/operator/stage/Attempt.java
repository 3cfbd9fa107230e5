package io.viewal.operator.stage;

/**
 * An attempt that a Job exists or existed for.
 *
 * @param number from 1
 * @param job name of the Job
 * @param held true while the Job holds, or may yet get, pods: also those of an attempt that ended without the Job's notice
 */
public record Attempt(int number, String job, AttemptState state, boolean held) {

    /** One whose Job holds pods as long as it is active. */
    public Attempt(int number, String job, AttemptState state) {
        this(number, job, state, state.active());
    }

    /** The same, ended so. */
    public Attempt ended(AttemptState.Ended ended) {
        return new Attempt(number, job, ended, held);
    }
}
