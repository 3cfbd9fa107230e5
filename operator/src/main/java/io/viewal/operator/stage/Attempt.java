package io.viewal.operator.stage;

/**
 * An attempt that a Job exists or existed for.
 *
 * @param number from 1
 * @param job name of the Job
 */
public record Attempt(int number, String job, AttemptState state) {}
