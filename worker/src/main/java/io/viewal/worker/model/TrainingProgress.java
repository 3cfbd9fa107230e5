package io.viewal.worker.model;

/**
 * How far a training has come.
 *
 * @param iteration iterations done, over all epochs
 * @param iterations iterations in all
 * @param epoch the epoch under way, from 1
 * @param epochs epochs in all
 * @param loss of the last iteration
 */
public record TrainingProgress(long iteration, long iterations, int epoch, int epochs, double loss) {}
