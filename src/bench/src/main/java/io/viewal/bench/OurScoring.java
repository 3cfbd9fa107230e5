package io.viewal.bench;

import io.viewal.worker.acquisition.ProbabilityVolume;
import io.viewal.worker.acquisition.SceneInputs;
import io.viewal.worker.acquisition.SceneScorer;
import io.viewal.worker.acquisition.SceneView;
import io.viewal.worker.acquisition.Strategies;
import io.viewal.worker.dataset.Scene;
import io.viewal.worker.geometry.SceneGeometry;
import io.viewal.worker.kernel.Hits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Our side: the worker's own scoring of a scene, as a round's stage and {@code viewal score} call it. */
final class OurScoring implements AutoCloseable {

    /** A prime, so that the sum of the rows tells points apart; exact in float32. */
    private static final int ROW_SUM_MODULUS = 1_000_003;

    private final Scene scene;
    private final SceneScorer scorer;
    private final ProbabilityVolume volume;

    OurScoring(Scene scene, double threshold, Path file) throws IOException {
        this.scene = scene;
        this.scorer =
                new SceneScorer(Strategies.named("ViewAL"), false, threshold, new SceneView.Round(List.of(), 0, 0));
        this.volume = ProbabilityVolume.create(
                file, scene.frames().size(), scene.size().pixels(), BenchScene.CLASSES);
    }

    /** Puts predictions into the volume, as is done when a model or a file has given them. */
    void fill(IntFunction<float[]> probabilities) {
        for (int f = 0; f < volume.frames(); f++) {
            volume.put(f, probabilities.apply(f), "frame " + f);
        }
    }

    /**
     * Everything that scoring does after inference: geometry, both maps of each frame, superpixel means, predicted classes.
     */
    void run(SceneScorer.Sink sink) throws IOException {
        scorer.score(scene, scorer.geometry(scene), SceneInputs.of(volume), sink);
    }

    /** View entropy and view divergence, float32 [frames][height · width]. */
    float[][][] maps() throws IOException {
        float[][][] maps = new float[2][volume.frames()][];
        run(frame -> {
            maps[0][frame.index()] = frame.entropy();
            maps[1][frame.index()] = frame.divergence();
        });
        return maps;
    }

    /** How many points land on each pixel of a frame, and the sum of their rows, as the other side gives them. */
    int[][] points(SceneGeometry geometry, int target) {
        int pixels = scene.size().pixels();
        int[][] points = new int[2][pixels];
        Hits hits = new Hits();
        for (int source = 0; source < volume.frames(); source++) {
            hits.clear();
            hits.startFrame(source * pixels);
            geometry.project(source, geometry.target(target), hits);
            for (int i = 0; i < hits.count(); i++) {
                int pixel = hits.pixels()[i];
                points[0][pixel]++;
                points[1][pixel] = (points[1][pixel] + hits.points()[i] % ROW_SUM_MODULUS) % ROW_SUM_MODULUS;
            }
        }
        return points;
    }

    /** Points that land anywhere in the scene. */
    long hits() {
        SceneGeometry geometry = scorer.geometry(scene);
        AtomicLong count = new AtomicLong();
        IntStream.range(0, volume.frames()).parallel().forEach(target -> {
            Hits hits = new Hits();
            SceneGeometry.Target pixels = geometry.target(target);
            for (int source = 0; source < volume.frames(); source++) {
                hits.clear();
                geometry.project(source, pixels, hits);
                count.addAndGet(hits.count());
            }
        });
        return count.get();
    }

    /** Metres: float32 [height, width]. */
    float[] depth(int frame) {
        return scene.depth(frame);
    }

    SceneGeometry geometry() {
        return scorer.geometry(scene);
    }

    @Override
    public void close() {
        volume.close();
    }
}
