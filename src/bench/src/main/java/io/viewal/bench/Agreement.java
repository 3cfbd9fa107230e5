package io.viewal.bench;

import io.viewal.worker.geometry.SceneGeometry;
import io.viewal.worker.npy.NpyFile;
import java.io.IOException;

/**
 * How far the maps of both sides are apart where depth is known: elsewhere the other side scores 0.
 *
 * @param entropy greatest difference in bits, where both see the same points
 * @param divergence greatest difference in bits, where both see the same points
 * @param elsewhere share of the pixels where float32 and float64 geometry see other points
 */
record Agreement(double entropy, double divergence, double elsewhere) {

    static final double TOLERANCE = 1e-4;

    static Agreement of(Exchange exchange, OurScoring ours) throws IOException {
        float[][][] maps = ours.maps();
        NpyFile entropy = exchange.theirs("entropy");
        NpyFile divergence = exchange.theirs("divergence");
        NpyFile counts = exchange.theirs("counts");
        NpyFile sums = exchange.theirs("sums");
        SceneGeometry geometry = ours.geometry();
        int frames = maps[0].length;
        int pixels = maps[0][0].length;
        double[] worst = new double[2];
        long other = 0;
        for (int f = 0; f < frames; f++) {
            int[][] points = ours.points(geometry, f);
            float[] depth = ours.depth(f);
            for (int i = 0; i < pixels; i++) {
                long at = (long) f * pixels + i;
                if (!(depth[i] > 0 && depth[i] < Float.POSITIVE_INFINITY)) {
                    continue;
                }
                if (points[0][i] != (int) counts.get(at) || points[1][i] != (int) sums.get(at)) {
                    other++;
                    continue;
                }
                worst[0] = Math.max(worst[0], Math.abs(maps[0][f][i] - entropy.get(at)));
                worst[1] = Math.max(worst[1], Math.abs(maps[1][f][i] - divergence.get(at)));
            }
        }
        return new Agreement(worst[0], worst[1], (double) other / ((long) frames * pixels));
    }

    boolean holds() {
        return entropy <= TOLERANCE && divergence <= TOLERANCE && elsewhere < 1e-2;
    }
}
