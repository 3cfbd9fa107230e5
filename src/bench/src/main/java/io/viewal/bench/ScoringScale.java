package io.viewal.bench;

import io.viewal.worker.kernel.ProbabilityLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How scoring grows with the frames of a scene: time a hit, the machine's floor, memory. One row a run, so that each number
 * of frames has a process of its own.
 *
 * <p>The floor is the time that reading the predictions of every hit once takes at the measured bandwidth, all processors
 * together: bytes of a pixel's classes, times hits.
 */
public final class ScoringScale {

    private static final double THRESHOLD = 1.0;
    private static final int PREDICTIONS = 27;

    private ScoringScale() {}

    /** @param arguments folder of the data, scratch folder, frames, times to score */
    public static void main(String[] arguments) throws IOException {
        Path scratch = Path.of(arguments[1]);
        int frames = Integer.parseInt(arguments[2]);
        int times = Integer.parseInt(arguments[3]);
        BenchScene base = BenchScene.open(Path.of(arguments[0]), scratch);
        RepeatedScene scene = new RepeatedScene(base.scene(), frames);
        SmoothProbabilities probabilities = new SmoothProbabilities(scene.size(), BenchScene.CLASSES);
        Exchange exchange = new Exchange(Files.createDirectories(scratch.resolve("predictions")));
        exchange.write(new RepeatedScene(base.scene(), PREDICTIONS), THRESHOLD, probabilities::of);
        StoredProbabilities stored = new StoredProbabilities(exchange.folder().resolve("probabilities.npy"));
        try (OurScoring ours = new OurScoring(scene, THRESHOLD, scratch.resolve("volume"))) {
            ours.fill(frame -> stored.apply(frame % PREDICTIONS));
            measure(ours, scene, times);
        }
    }

    private static void measure(OurScoring ours, RepeatedScene scene, int times) throws IOException {
        List<Double> seconds = new ArrayList<>();
        List<Double> processor = new ArrayList<>();
        long peak;
        try (PeakMemory memory = new PeakMemory()) {
            for (int i = 0; i < times; i++) {
                double before = Timing.processorSeconds();
                seconds.add(Timing.seconds(() -> ours.run(frame -> {})));
                processor.add(Timing.processorSeconds() - before);
            }
            peak = memory.peak();
        }
        // The first runs warm up.
        double median = Timing.median(seconds.subList(times / 2, times));
        double projecting = Timing.seconds(ours::hits);
        long hits = ours.hits();
        double bandwidth = Bandwidth.measure();
        double floor = (double) hits * ProbabilityLayout.of(BenchScene.CLASSES).rowBytes() / bandwidth;
        double pixels = (double) scene.size().pixels() * scene.frames().size();
        Timing.print(
                "%6d %12d %10.1f %9.3f %8.2f %8.1f %8.3f %8.2f %9.0f   (processor time %.3f s, projecting %.3f s, first %.2f s, %s)",
                scene.frames().size(),
                hits,
                hits / pixels,
                median,
                median / hits * 1e9,
                bandwidth / 1e9,
                floor,
                median / floor,
                peak / 1048576.0,
                Timing.median(processor.subList(times / 2, times)),
                projecting,
                seconds.getFirst(),
                Timing.load());
    }
}
