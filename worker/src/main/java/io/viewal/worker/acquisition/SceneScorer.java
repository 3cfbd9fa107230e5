package io.viewal.worker.acquisition;

import io.viewal.worker.acquisition.AcquisitionStrategy.RegionScore;
import io.viewal.worker.dataset.Scene;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.geometry.SceneGeometry;
import io.viewal.worker.kernel.ProjectionRule;
import io.viewal.worker.kernel.VectorConsensus;
import io.viewal.worker.kernel.VectorProjection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Scores a scene from the predictions of its frames; a round's stage and the command line share it.
 *
 * @param reference true reproduces the published code: points behind the camera and without depth are not left out, and
 *     pixels without ground truth count as 0 in the means over superpixels. Otherwise no label is looked at
 * @param distanceThreshold in metres, see {@link ProjectionRule}; the published code uses 1.0
 * @param seed of the round
 */
public record SceneScorer(AcquisitionStrategy strategy, boolean reference, double distanceThreshold, long seed) {

    /**
     * What is known of a frame; the arrays are the callee's to keep.
     *
     * @param prediction the most probable class: uint8 [height, width]
     * @param entropy view entropy: float32 [height, width], bits
     * @param divergence view divergence: float32 [height, width], bits
     * @param regions as the strategy scored them
     */
    public record ScoredFrame(
            int index, byte[] prediction, float[] entropy, float[] divergence, List<RegionScore> regions) {}

    /** Takes the frames; called by several threads, in any order. */
    @FunctionalInterface
    public interface Sink {
        void accept(ScoredFrame frame) throws IOException;
    }

    /** The scene's geometry by this scorer's rules. */
    public SceneGeometry geometry(Scene scene) {
        ProjectionRule rule = new ProjectionRule(distanceThreshold, !reference, !reference);
        return SceneGeometry.of(scene, rule, new VectorProjection());
    }

    /**
     * Scores all frames.
     *
     * @param geometry of the same scene
     * @param volume predictions of the scene's frames, in its order
     * @throws IOException that the sink threw
     */
    public void score(Scene scene, SceneGeometry geometry, ProbabilityVolume volume, Sink sink) throws IOException {
        ViewScores scores = new ViewScores(geometry, volume, new VectorConsensus());
        try {
            scores.compute(Runtime.getRuntime().availableProcessors(), (frame, entropy, divergence) -> {
                List<RegionScore> regions = strategy.score(view(scene, frame, entropy, divergence, volume));
                pass(new ScoredFrame(frame, volume.prediction(frame), entropy, divergence, regions), sink);
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private FrameView view(Scene scene, int frame, float[] entropy, float[] divergence, ProbabilityVolume volume) {
        byte[] labels = reference && scene.hasLabels() ? scene.labels(frame) : new byte[0];
        return new FrameView(
                scene.name(),
                scene.frames().get(frame).name(),
                frame,
                scene.superpixels(frame),
                withoutVoid(entropy, labels),
                withoutVoid(divergence, labels),
                volume,
                seed);
    }

    /** A map with 0 where the ground truth is void; the map itself for a frame that has no ground truth at all. */
    private static float[] withoutVoid(float[] map, byte[] labels) {
        if (labels.length == 0) {
            return map;
        }
        float[] masked = map.clone();
        boolean known = false;
        for (int pixel = 0; pixel < labels.length; pixel++) {
            boolean isVoid = (labels[pixel] & 0xff) == VoidLabel.ID;
            known |= !isVoid;
            masked[pixel] = isVoid ? 0 : masked[pixel];
        }
        return known ? masked : map;
    }

    private static void pass(ScoredFrame frame, Sink sink) {
        try {
            sink.accept(frame);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
