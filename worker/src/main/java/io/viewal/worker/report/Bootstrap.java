package io.viewal.worker.report;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;

/**
 * Percentile intervals of a mean (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13): values are
 * drawn with replacement, as many as there are, again and again; the interval leaves out the same share of the means at
 * both ends. The draws are the same for equal values.
 *
 * @param confidence share of the means within the interval, 0 to 1
 * @param resamples how often values are drawn
 * @param seed of the draws
 */
record Bootstrap(double confidence, int resamples, long seed) {

    /** The mean of the values that are known, with its interval. */
    Interval mean(DoubleStream values) {
        double[] known = values.filter(Double::isFinite).toArray();
        double mean = Arrays.stream(known).average().orElse(Double.NaN);
        if (known.length < 2) {
            return new Interval(mean, Double.NaN, Double.NaN, known.length);
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] means = new double[resamples];
        for (int i = 0; i < resamples; i++) {
            double sum = 0;
            for (int draw = 0; draw < known.length; draw++) {
                sum += known[random.nextInt(known.length)];
            }
            means[i] = sum / known.length;
        }
        Arrays.sort(means);
        double tail = (1 - confidence) / 2;
        return new Interval(mean, quantile(means, tail), quantile(means, 1 - tail), known.length);
    }

    /** A quantile of sorted values, linear between them. */
    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int low = (int) Math.floor(at);
        int high = Math.min(low + 1, sorted.length - 1);
        return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
    }
}
