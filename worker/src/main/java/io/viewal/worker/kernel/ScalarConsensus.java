package io.viewal.worker.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** The reference: plain loops in double precision. */
public final class ScalarConsensus implements Consensus {

    private static final double LOG2 = Math.log(2);

    @Override
    public void score(
            MemorySegment volume,
            int stride,
            long own,
            int[] start,
            int[] hits,
            int from,
            int to,
            float[] entropy,
            float[] divergence) {
        double[] sum = new double[stride];
        double[] logs = new double[stride];
        for (int pixel = from; pixel < to; pixel++) {
            int n = start[pixel + 1] - start[pixel];
            Arrays.fill(sum, 0);
            Arrays.fill(logs, 0);
            for (int h = start[pixel]; h < start[pixel + 1]; h++) {
                for (int c = 0; c < stride; c++) {
                    double p = probability(volume, stride, hits[h], c);
                    sum[c] += p;
                    logs[c] += log2(p + DIVERGENCE_FLOOR);
                }
            }
            double h = 0;
            double d = 0;
            for (int c = 0; n > 0 && c < stride; c++) {
                double q = sum[c] / n;
                double p = probability(volume, stride, own + pixel, c);
                h -= q * log2(q + ENTROPY_FLOOR);
                d -= p * (logs[c] / n - log2(p + DIVERGENCE_FLOOR));
            }
            entropy[pixel - from] = (float) h;
            divergence[pixel - from] = (float) d;
        }
    }

    private static double probability(MemorySegment volume, int stride, long row, int c) {
        return volume.getAtIndex(ValueLayout.JAVA_FLOAT, row * stride + c);
    }

    private static double log2(double x) {
        return Math.log(x) / LOG2;
    }
}
