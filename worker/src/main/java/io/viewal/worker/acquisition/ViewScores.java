package io.viewal.worker.acquisition;

import io.viewal.worker.geometry.SceneGeometry;
import io.viewal.worker.geometry.SceneGeometry.Rows;
import io.viewal.worker.kernel.Consensus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * View entropy and view divergence of all frames of a scene, in one pass over the predictions. Threads share the frames;
 * each frame's maps depend on nothing but the inputs, so their bytes do not depend on the number of threads.
 */
public final class ViewScores {

    /** Takes the maps of a frame; called by several threads, in any order. The arrays are the callee's to keep. */
    @FunctionalInterface
    public interface Sink {

        /**
         * @param entropy float32 [height, width], bits
         * @param divergence float32 [height, width], bits
         */
        void accept(int frame, float[] entropy, float[] divergence);
    }

    /** A frame is scored in one more band of rows for so many frames of the scene, so that hits take bounded memory. */
    private static final int FRAMES_A_BAND = 128;

    private final SceneGeometry geometry;
    private final ProbabilityVolume probabilities;
    private final Consensus consensus;

    public ViewScores(SceneGeometry geometry, ProbabilityVolume probabilities, Consensus consensus) {
        if (probabilities.frames() != geometry.frames().size()
                || probabilities.pixels() != geometry.size().pixels()) {
            throw new IllegalArgumentException("Predictions of " + probabilities.frames() + " frames of "
                    + probabilities.pixels() + " pixels for a scene of "
                    + geometry.frames().size() + " frames of " + geometry.size() + " pixels");
        }
        this.geometry = geometry;
        this.probabilities = probabilities;
        this.consensus = consensus;
    }

    /** Scores every frame with this many threads. */
    public void compute(int threads, Sink sink) {
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                running.add(executor.submit(() -> scoreFrames(next, sink)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while scoring", e);
        }
    }

    private void scoreFrames(AtomicInteger next, Sink sink) {
        CrossProjectedHits hits = new CrossProjectedHits(geometry);
        int pixels = probabilities.pixels();
        List<Rows> bands = bands();
        for (int frame = next.getAndIncrement(); frame < probabilities.frames(); frame = next.getAndIncrement()) {
            float[] depth = geometry.depth(frame);
            float[] entropy = new float[pixels];
            float[] divergence = new float[pixels];
            for (Rows rows : bands) {
                hits.gather(frame, depth, rows);
                consensus.score(
                        probabilities.data(),
                        probabilities.stride(),
                        probabilities.row(frame),
                        hits.start(),
                        hits.hits(),
                        rows.from() * geometry.size().width(),
                        rows.to() * geometry.size().width(),
                        entropy,
                        divergence);
            }
            sink.accept(frame, entropy, divergence);
        }
    }

    /** Rows that are scored at a time; where they are cut changes no score, since pixels are scored by themselves. */
    private List<Rows> bands() {
        int height = geometry.size().height();
        int rows = Math.max(1, height / (1 + probabilities.frames() / FRAMES_A_BAND));
        List<Rows> bands = new ArrayList<>();
        for (int from = 0; from < height; from += rows) {
            bands.add(new Rows(from, Math.min(height, from + rows)));
        }
        return bands;
    }
}
