package io.viewal.bench;

import io.viewal.worker.dataset.ImageSize;
import java.util.SplittableRandom;

/**
 * Predictions by formula: smooth random fields, one a class, raised to a power so that a few classes lead at each pixel, as
 * a network's do.
 */
final class SmoothProbabilities {

    private static final int CELL = 16;
    private static final int PEAKEDNESS = 4;

    private final ImageSize size;
    private final int classes;

    SmoothProbabilities(ImageSize size, int classes) {
        this.size = size;
        this.classes = classes;
    }

    /** Probabilities of a frame: float32 [classes, height, width], each pixel's summing to one. */
    float[] of(int frame) {
        int pixels = size.pixels();
        float[] p = new float[classes * pixels];
        float[] sums = new float[pixels];
        for (int c = 0; c < classes; c++) {
            field(new SplittableRandom(frame * 1000L + c), p, c * pixels, sums);
        }
        for (int i = 0; i < p.length; i++) {
            p[i] /= sums[i % pixels];
        }
        return p;
    }

    private void field(SplittableRandom random, float[] p, int from, float[] sums) {
        int columns = size.width() / CELL + 2;
        float[] grid = new float[columns * (size.height() / CELL + 2)];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = (float) Math.pow(random.nextDouble(), PEAKEDNESS);
        }
        for (int y = 0; y < size.height(); y++) {
            for (int x = 0; x < size.width(); x++) {
                int corner = y / CELL * columns + x / CELL;
                float fx = (x % CELL) / (float) CELL;
                float fy = (y % CELL) / (float) CELL;
                float upper = grid[corner] + fx * (grid[corner + 1] - grid[corner]);
                float lower = grid[corner + columns] + fx * (grid[corner + columns + 1] - grid[corner + columns]);
                float value = upper + fy * (lower - upper) + 1e-3f;
                float cubed = value * value * value + 1e-7f;
                p[from + y * size.width() + x] = cubed;
                sums[y * size.width() + x] += cubed;
            }
        }
    }
}
