package io.viewal.worker.acquisition;

import java.util.function.ToDoubleFunction;

/** Scores of a pixel's class probabilities. */
final class PixelScores {

    private static final double FLOOR = 1e-12;
    private static final double LOG2 = Math.log(2);

    private PixelScores() {}

    /**
     * Mean over the pixels of a frame; ignored ones count as 0.
     *
     * @param score of the probabilities [classes] of one pixel; the array is used again
     */
    static double mean(FrameView view, ToDoubleFunction<float[]> score) {
        int pixels = view.scene().size().pixels();
        float[] p = new float[view.scene().probabilities().classes()];
        double sum = 0;
        for (int pixel = 0; pixel < pixels; pixel++) {
            if (!view.ignored().get(pixel)) {
                view.probabilities(pixel, p);
                sum += score.applyAsDouble(p);
            }
        }
        return sum / pixels;
    }

    /** {@code −Σ p log₂(p + 1e−12)}, in bits. */
    static double entropy(float[] p) {
        double h = 0;
        for (float v : p) {
            h -= v * Math.log(v + FLOOR);
        }
        return h / LOG2;
    }

    /** The largest probability and the second largest. */
    static double[] largestTwo(float[] p) {
        double first = 0;
        double second = 0;
        for (float v : p) {
            if (v > first) {
                second = first;
                first = v;
            } else if (v > second) {
                second = v;
            }
        }
        return new double[] {first, second};
    }
}
