package io.viewal.worker.golden;

import static io.viewal.worker.golden.GoldenFields.grid;
import static io.viewal.worker.golden.GoldenFields.interpolated;

/**
 * The two probability sets of the golden numbers, made by integer arithmetic so that every language gets the same bits.
 * Each is float32 [40, 240, 320].
 */
public final class GoldenProbabilities {

    private static final int W = 320;
    private static final int H = 240;
    private static final int CLASSES = 40;

    private GoldenProbabilities() {}

    /** Set A: independent smooth random fields. */
    public static float[] setA(int frame) {
        long[] weights = new long[CLASSES * H * W];
        for (int c = 0; c < CLASSES; c++) {
            int[] grid = cubed(grid(0, frame, 0, c));
            for (int i = 0; i < H * W; i++) {
                weights[c * H * W + i] = power(interpolated(grid, i / W, i % W) >> 5, 5) + 1;
            }
        }
        return normalised(weights);
    }

    /**
     * Set B: the ground truth blurred and mixed with noise that differs by view.
     *
     * @param labels uint8 [240, 320], 255 = void
     */
    public static float[] setB(int frame, byte[] labels) {
        return ofWeights(weightsB(frame, labels));
    }

    /** The probabilities that weights stand for. */
    public static float[] ofWeights(long[] weights) {
        return normalised(weights);
    }

    /** A Monte Carlo pass of set B, from the weights of the set. */
    public static float[] passOfB(int frame, int pass, long[] weightsB) {
        long[] weights = new long[CLASSES * H * W];
        for (int c = 0; c < CLASSES; c++) {
            int[] grid = grid(2, frame, pass, c);
            for (int i = 0; i < H * W; i++) {
                weights[c * H * W + i] = weightsB[c * H * W + i] * (interpolated(grid, i / W, i % W) >> 8) + 1;
            }
        }
        return normalised(weights);
    }

    /** What set B normalises: int64 [40, 240, 320]. */
    public static long[] weightsB(int frame, byte[] labels) {
        long[] weights = new long[CLASSES * H * W];
        int[] mixing = grid(1, frame, 1, 0);
        for (int c = 0; c < CLASSES; c++) {
            int[] grid = cubed(grid(1, frame, 0, c));
            for (int i = 0; i < H * W; i++) {
                long share = 16 - (interpolated(mixing, i / W, i % W) >> 12);
                long noise = power(interpolated(grid, i / W, i % W) >> 8, 6) >> 30;
                weights[c * H * W + i] = near(labels, c, i / W, i % W) * share * 200 + noise + 1;
            }
        }
        return weights;
    }

    private static long near(byte[] labels, int c, int y, int x) {
        int count = 0;
        for (int v = Math.max(0, y - 3); v <= Math.min(H - 1, y + 3); v++) {
            for (int u = Math.max(0, x - 3); u <= Math.min(W - 1, x + 3); u++) {
                count += (labels[v * W + u] & 0xff) == c ? 1 : 0;
            }
        }
        return count;
    }

    private static float[] normalised(long[] weights) {
        float[] p = new float[weights.length];
        for (int i = 0; i < H * W; i++) {
            long sum = 0;
            for (int c = 0; c < CLASSES; c++) {
                sum += weights[c * H * W + i];
            }
            for (int c = 0; c < CLASSES; c++) {
                p[c * H * W + i] = (float) ((double) weights[c * H * W + i] / (double) sum);
            }
        }
        return p;
    }

    private static int[] cubed(int[] grid) {
        int[] cubes = new int[grid.length];
        for (int i = 0; i < grid.length; i++) {
            cubes[i] = grid[i] * grid[i] * grid[i] / 65025;
        }
        return cubes;
    }

    private static long power(long base, int exponent) {
        long result = 1;
        for (int i = 0; i < exponent; i++) {
            result *= base;
        }
        return result;
    }
}
