package io.viewal.worker.acquisition;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.acquisition.AcquisitionStrategy.RegionScore;
import io.viewal.worker.dataset.Scene;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.geometry.SceneGeometry;
import io.viewal.worker.kernel.ProjectionRule;
import io.viewal.worker.kernel.ProjectionRule.UnknownDepth;
import io.viewal.worker.kernel.VectorConsensus;
import io.viewal.worker.kernel.VectorProjection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.List;

/**
 * Scores scenes from the predictions of their frames, one after another; a round's stage and the command line share it.
 */
public final class SceneScorer {

    private final AcquisitionStrategy strategy;
    private final boolean reference;
    private final double distanceThreshold;
    private final SceneView.Round round;

    /** Of one scene at a time. */
    private final HitMemory memory = new HitMemory();

    /**
     * @param reference true reproduces the published code: points behind the camera and without depth are not left out,
     *     and pixels without ground truth count as 0 in the scores. Otherwise pixels without depth are scored by their own
     *     predictions, and no label is looked at
     * @param distanceThreshold in metres, see {@link ProjectionRule}; the published code uses 1.0
     */
    public SceneScorer(
            AcquisitionStrategy strategy, boolean reference, double distanceThreshold, SceneView.Round round) {
        this.strategy = strategy;
        this.reference = reference;
        this.distanceThreshold = distanceThreshold;
        this.round = round;
    }

    /**
     * What is known of a frame; the arrays are the callee's to keep.
     *
     * @param prediction the most probable class: uint8 [height, width]
     * @param entropy view entropy: float32 [height, width], bits
     * @param divergence view divergence: float32 [height, width], bits
     * @param regions as the strategy scored them; ids that no pixel has are no regions
     * @param pseudoLabels uint8 [height, width], 255 where there is none; null when the strategy makes none
     */
    public record ScoredFrame(
            int index,
            byte[] prediction,
            float[] entropy,
            float[] divergence,
            List<RegionScore> regions,
            byte[] pseudoLabels) {}

    /** Takes the frames; called by several threads, in any order. */
    @FunctionalInterface
    public interface Sink {
        void accept(ScoredFrame frame) throws IOException;
    }

    public AcquisitionStrategy strategy() {
        return strategy;
    }

    /** Whether it reproduces the published code. */
    public boolean reference() {
        return reference;
    }

    /** In metres. */
    public double distanceThreshold() {
        return distanceThreshold;
    }

    /** The scene's geometry by this scorer's rules. */
    public SceneGeometry geometry(Scene scene) {
        UnknownDepth unknown = reference ? UnknownDepth.AT_THE_CAMERA : UnknownDepth.OWN_VIEW;
        ProjectionRule rule = new ProjectionRule(distanceThreshold, !reference, unknown);
        return SceneGeometry.of(scene, rule, new VectorProjection());
    }

    /**
     * Scores all frames of a scene. View entropy and divergence are computed for every strategy: a round's page and its
     * files show how the views disagree whatever chose the regions, and they take little time beside the predictions.
     *
     * @param geometry of the same scene
     * @param inputs of the scene's frames, in its order
     * @throws IOException that the sink threw
     * @throws InvalidInputException (InvalidScores) when the strategy gives a region a score that is not finite
     */
    public synchronized void score(Scene scene, SceneGeometry geometry, SceneInputs inputs, Sink sink)
            throws IOException {
        ProbabilityVolume volume = inputs.probabilities();
        SceneView common = new SceneView(scene.name(), scene.size(), volume, round);
        ViewScores scores = new ViewScores(geometry, volume, VectorConsensus::new, memory);
        try {
            scores.compute(Runtime.getRuntime().availableProcessors(), (frame, entropy, divergence) -> {
                FrameView view = view(scene, common, inputs, frame, entropy, divergence);
                List<RegionScore> regions = strategy.score(view).stream()
                        .filter(region -> region.pixels() > 0)
                        .toList();
                regions.forEach(region -> requireNumbers(view, region));
                byte[] pseudo = strategy instanceof PseudoLabeling labeling ? labeling.pseudoLabels(view) : null;
                pass(new ScoredFrame(frame, volume.prediction(frame), entropy, divergence, regions, pseudo), sink);
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** A score that is no number has no place in an order, and would be chosen first or never. */
    private void requireNumbers(FrameView view, RegionScore region) {
        boolean needed = strategy.selection().comparesDivergence();
        if (!Double.isFinite(region.score())) {
            throw notANumber(view, region, "score", region.score());
        }
        if (Double.isInfinite(region.divergence()) || needed && Double.isNaN(region.divergence())) {
            throw notANumber(view, region, "divergence", region.divergence());
        }
    }

    private InvalidInputException notANumber(FrameView view, RegionScore region, String what, double value) {
        return new InvalidInputException(
                Reason.InvalidScores,
                "The strategy " + strategy.name() + " gave region " + region.region() + " of frame '" + view.name()
                        + "' of scene '" + view.scene().name() + "' the " + what + " " + value
                        + ": expected a finite number; correct the strategy, or the predictions that it looks at");
    }

    private FrameView view(
            Scene scene, SceneView common, SceneInputs inputs, int frame, float[] entropy, float[] divergence) {
        BitSet ignored = reference && scene.hasLabels() ? voidPixels(scene.labels(frame)) : new BitSet();
        float[] votes =
                inputs.voteEntropy() == null ? null : inputs.voteEntropy().apply(frame);
        return new FrameView(
                common,
                scene.frames().get(frame).name(),
                frame,
                scene.superpixels(frame),
                new FrameView.Maps(without(ignored, entropy), without(ignored, divergence), without(ignored, votes)),
                inputs.labeled().apply(frame),
                ignored);
    }

    /** The pixels whose ground truth is void; none of a frame that has no ground truth at all. */
    private static BitSet voidPixels(byte[] labels) {
        BitSet pixels = new BitSet();
        for (int pixel = 0; pixel < labels.length; pixel++) {
            pixels.set(pixel, (labels[pixel] & 0xff) == VoidLabel.ID);
        }
        return pixels.cardinality() == labels.length ? new BitSet() : pixels;
    }

    /** A map with 0 at these pixels. */
    private static float[] without(BitSet ignored, float[] map) {
        if (map == null || ignored.isEmpty()) {
            return map;
        }
        float[] masked = map.clone();
        ignored.stream().forEach(pixel -> masked[pixel] = 0);
        return masked;
    }

    private static void pass(ScoredFrame frame, Sink sink) {
        try {
            sink.accept(frame);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
