package io.viewal.worker.report;

/**
 * A mean over seeds.
 *
 * @param low begin of the bootstrap interval; NaN of less than two values
 * @param high its end; NaN of less than two values
 * @param count values
 */
record Interval(double mean, double low, double high, int count) {}
