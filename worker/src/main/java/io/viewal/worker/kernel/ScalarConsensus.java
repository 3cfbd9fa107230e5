package io.viewal.worker.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/** The reference: plain loops in double precision, over predictions as they were given and not as a volume keeps them. */
public final class ScalarConsensus implements Consensus {

    private static final double LOG2 = Math.log(2);

    private final List<float[]> frames;
    private final int pixels;

    /**
     * Of a scene.
     *
     * @param frames the predictions of each: float32 [classes, height, width]
     * @param pixels of a frame
     */
    public ScalarConsensus(List<float[]> frames, int pixels) {
        this.frames = frames;
        this.pixels = pixels;
    }

    @Override
    public void score(
            MemorySegment volume,
            ProbabilityLayout layout,
            long own,
            int[] start,
            int[] hits,
            int from,
            int to,
            float[] entropy,
            float[] divergence) {
        double[] sum = new double[layout.classes()];
        double[] logs = new double[layout.classes()];
        for (int pixel = from; pixel < to; pixel++) {
            int n = start[pixel + 1] - start[pixel];
            Arrays.fill(sum, 0);
            Arrays.fill(logs, 0);
            for (int h = start[pixel]; h < start[pixel + 1]; h++) {
                for (int c = 0; c < layout.classes(); c++) {
                    double p = probability(hits[h], c);
                    sum[c] += p;
                    logs[c] += log2(p + DIVERGENCE_FLOOR);
                }
            }
            double h = 0;
            double d = 0;
            for (int c = 0; n > 0 && c < layout.classes(); c++) {
                double q = sum[c] / n;
                double p = probability(own + pixel, c);
                h -= q * log2(q + ENTROPY_FLOOR);
                d -= p * (logs[c] / n - log2(p + DIVERGENCE_FLOOR));
            }
            entropy[pixel - from] = (float) h;
            divergence[pixel - from] = (float) d;
        }
    }

    private double probability(long row, int c) {
        return frames.get((int) (row / pixels))[c * pixels + (int) (row % pixels)];
    }

    private static double log2(double x) {
        return Math.log(x) / LOG2;
    }
}
