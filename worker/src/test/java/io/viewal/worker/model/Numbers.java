package io.viewal.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

/** Figures of arrays of millions of numbers. */
final class Numbers {

    private Numbers() {}

    /** The largest absolute value. */
    static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** The greatest distance of two numbers at the same place; NaN if there is one anywhere. */
    static double greatestDifference(double[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double greatest = 0;
        for (int i = 0; i < actual.length; i++) {
            greatest = Math.max(greatest, Math.abs(actual[i] - expected[i]));
        }
        return greatest;
    }

    /** The root of the sum of squares. */
    static double length(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    /** The sum of the absolute values. */
    static double sumOfSizes(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += Math.abs(value);
        }
        return sum;
    }
}
