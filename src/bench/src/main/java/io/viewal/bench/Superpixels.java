package io.viewal.bench;

import io.viewal.worker.dataset.Scene;
import io.viewal.worker.dataset.superpixel.SeedsSuperpixels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** SEEDS superpixels of a frame on one thread, from its colours to the map of ids, by the number of iterations. */
public final class Superpixels {

    private static final int COUNT = 40;
    private static final int ROUNDS = 7;

    private Superpixels() {}

    /** @param arguments folder of the data, scratch folder, numbers of iterations */
    public static void main(String[] arguments) throws IOException {
        Path scratch = Path.of(arguments[1]);
        BenchScene base = BenchScene.open(Path.of(arguments[0]), scratch);
        Scene scene = base.scene();
        List<byte[]> colors =
                IntStream.range(0, scene.frames().size()).mapToObj(scene::color).toList();
        Timing.print("data: %s; %s; %s", base.origin(), scene.size(), Timing.load());
        Timing.print("%10s %12s %12s %12s", "iterations", "superpixels", "median ms", "least ms");
        for (int i = 2; i < arguments.length; i++) {
            measure(colors, new SeedsSuperpixels(scene.size(), COUNT, Integer.parseInt(arguments[i])), arguments[i]);
        }
    }

    private static void measure(List<byte[]> colors, SeedsSuperpixels seeds, String iterations) throws IOException {
        List<Double> millis = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (byte[] color : colors) {
                double seconds = Timing.seconds(() -> seeds.compute(color));
                if (round > 0) {
                    millis.add(seconds * 1e3);
                }
            }
        }
        Timing.print(
                "%10s %12d %12.2f %12.2f",
                iterations,
                seeds.count(),
                Timing.median(millis),
                millis.stream().min(Double::compare).orElseThrow());
    }
}
