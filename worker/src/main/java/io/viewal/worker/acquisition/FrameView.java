package io.viewal.worker.acquisition;

/**
 * What a strategy may look at: a frame, its predictions, and what the other views of the scene say. Never its labels.
 *
 * @param scene name of the scene
 * @param name of the frame
 * @param index of the frame in the scene and the volume
 * @param superpixels uint16 [height, width], ids from 0
 * @param entropy view entropy: float32 [height, width], bits
 * @param divergence view divergence: float32 [height, width], bits
 * @param probabilities predictions of the scene's frames, the mean over the dropout passes
 * @param seed of the round
 */
public record FrameView(
        String scene,
        String name,
        int index,
        char[] superpixels,
        float[] entropy,
        float[] divergence,
        ProbabilityVolume probabilities,
        long seed) {

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

    /** Mean of a map over each superpixel, accumulated in double precision. */
    public double[] superpixelMeans(float[] map) {
        int[] sizes = superpixelSizes();
        double[] means = new double[sizes.length];
        for (int pixel = 0; pixel < map.length; pixel++) {
            means[superpixels[pixel]] += map[pixel];
        }
        for (int id = 0; id < sizes.length; id++) {
            means[id] = sizes[id] == 0 ? 0 : means[id] / sizes[id];
        }
        return means;
    }
}
