package io.viewal.worker.acquisition;

import io.viewal.worker.acquisition.AcquisitionStrategy.RegionScore;
import io.viewal.worker.dataset.Region;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What a strategy may look at: a frame, its predictions, and what the other views of the scene say. Never its labels, but
 * for which pixels have some.
 *
 * @param scene that the frame belongs to
 * @param name of the frame
 * @param index of the frame in the scene and the volume
 * @param superpixels uint16 [height, width], ids from 0
 * @param maps scores of each pixel
 * @param labeled pixels that were labeled before, or asked about in a window and found void, by index in row order
 * @param ignored pixels that count for nothing: those of void ground truth in mode reference, as in the published code
 */
public record FrameView(
        SceneView scene, String name, int index, char[] superpixels, Maps maps, BitSet labeled, BitSet ignored) {

    /**
     * Scores of each pixel; 0 where pixels are ignored.
     *
     * @param entropy view entropy: float32 [height, width], bits
     * @param divergence view divergence: float32 [height, width], bits
     * @param votes entropy of the dropout passes' votes: float32 [height, width], bits; null unless {@link Need#VOTES}
     */
    public record Maps(float[] entropy, float[] divergence, float[] votes) {}

    /**
     * Copies the class probabilities of a pixel.
     *
     * @param into float32 [classes], overwritten
     */
    public void probabilities(int pixel, float[] into) {
        for (int c = 0; c < into.length; c++) {
            into[c] = scene.probabilities().get(index, pixel, c);
        }
    }

    /**
     * The entropy of the votes of the dropout passes: float32 [height, width], bits.
     *
     * @throws IllegalStateException when the strategy does not say that it needs {@link Need#VOTES}
     */
    public float[] voteEntropy() {
        if (maps.votes() == null) {
            throw new IllegalStateException("A strategy that looks at votes must say so in needs()");
        }
        return maps.votes();
    }

    /** Scores every superpixel by the mean of a map, accumulated in double precision. */
    public List<RegionScore> superpixelScores(float[] map) {
        int[] sizes = superpixelSizes();
        double[] means = superpixelMeans(map, sizes);
        List<RegionScore> scores = new ArrayList<>();
        for (int id = 0; id < sizes.length; id++) {
            scores.add(new RegionScore(new Region.Superpixel(id), sizes[id], means[id], Double.NaN));
        }
        return scores;
    }

    /** Pixels of each superpixel. */
    public int[] superpixelSizes() {
        int most = 0;
        for (char id : superpixels) {
            most = Math.max(most, id);
        }
        int[] sizes = new int[most + 1];
        for (char id : superpixels) {
            sizes[id]++;
        }
        return sizes;
    }

    /**
     * Mean of a map over each superpixel, accumulated in double precision.
     *
     * @param sizes see {@link #superpixelSizes}
     */
    public double[] superpixelMeans(float[] map, int[] sizes) {
        double[] means = new double[sizes.length];
        // A sum of neighbours waits for no store.
        double run = 0;
        int current = 0;
        for (int pixel = 0; pixel < map.length; pixel++) {
            if (superpixels[pixel] != current) {
                means[current] += run;
                run = 0;
                current = superpixels[pixel];
            }
            run += map[pixel];
        }
        means[current] += run;
        for (int id = 0; id < sizes.length; id++) {
            means[id] = sizes[id] == 0 ? 0 : means[id] / sizes[id];
        }
        return means;
    }
}
