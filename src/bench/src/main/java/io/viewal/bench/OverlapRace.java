package io.viewal.bench;

import io.viewal.worker.npy.NpyFile;
import io.viewal.worker.selection.OverlapIndex;
import io.viewal.worker.selection.OverlapIndexBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The overlap index of a scene: the worker against plain PyTorch, turn by turn in one run. Timed in the process, from depth,
 * poses and superpixels to the shares of all overlapping superpixels.
 */
public final class OverlapRace {

    private static final double THRESHOLD = 0.1;
    private static final int WARM_UPS = 15;

    private OverlapRace() {}

    /** @param arguments folder of the data, scratch folder, frames, pairs */
    public static void main(String[] arguments) throws IOException {
        Path scratch = Path.of(arguments[1]);
        BenchScene base = BenchScene.open(Path.of(arguments[0]), scratch);
        RepeatedScene scene = new RepeatedScene(base.scene(), Integer.parseInt(arguments[2]));
        Timing.print(
                "data: %s; %d frames, distance threshold %.1f m",
                base.origin(), scene.frames().size(), THRESHOLD);
        Exchange exchange = new Exchange(scratch);
        exchange.write(scene, THRESHOLD, null);
        double first = Timing.seconds(() -> OverlapIndexBuilder.build(scene, THRESHOLD));
        for (int i = 0; i < WARM_UPS; i++) {
            OverlapIndexBuilder.build(scene, THRESHOLD);
        }
        try (Opponent theirs = new Opponent(scratch, "overlap")) {
            Timing.print("%s; %s; ours the first time in the process: %.2f s", Timing.load(), theirs.engine(), first);
            double ratio = pairs(theirs, scene, Integer.parseInt(arguments[3]));
            compare(exchange, scene);
            Timing.print("ratio %.1f", ratio);
        }
    }

    private static double pairs(Opponent theirs, RepeatedScene scene, int pairs) throws IOException {
        List<Double> ratios = new ArrayList<>();
        Timing.print("%-6s %9s %9s %8s", "pair", "theirs s", "ours s", "ratio");
        for (int pair = 1; pair <= pairs; pair++) {
            double before = Timing.seconds(() -> OverlapIndexBuilder.build(scene, THRESHOLD));
            double other = theirs.seconds("overlap");
            double after = Timing.seconds(() -> OverlapIndexBuilder.build(scene, THRESHOLD));
            double own = (before + after) / 2;
            ratios.add(other / own);
            Timing.print("%-6d %9.2f %9.3f %8.1f", pair, other, own, other / own);
        }
        return Timing.median(ratios);
    }

    /** Where float32 geometry sees other points, shares differ by some pixels of a superpixel. */
    private static void compare(Exchange exchange, RepeatedScene scene) throws IOException {
        OverlapIndex index = OverlapIndexBuilder.build(scene, THRESHOLD);
        NpyFile keys = exchange.theirs("overlap-keys");
        NpyFile shares = exchange.theirs("overlap-coverage");
        int most = 0;
        for (int f = 0; f < index.frames(); f++) {
            most = Math.max(most, index.superpixels(f));
        }
        long perRegion = (long) index.frames() * most;
        double worst = 0;
        for (long i = 0; i < keys.size(); i++) {
            long target = (long) keys.get(i) / perRegion;
            long source = (long) keys.get(i) % perRegion;
            double own = index.coverage(region(index, target, most), region(index, source, most));
            worst = Math.max(worst, Math.abs(own - shares.get(i)));
        }
        Timing.print(
                "entries: theirs %d, ours %d; greatest difference of a share %.4f",
                keys.size(), index.entries(), worst);
        if (worst > 0.05 || Math.abs(keys.size() - index.entries()) > index.entries() / 100) {
            throw new IllegalStateException("The two sides disagree");
        }
    }

    private static int region(OverlapIndex index, long number, int most) {
        return index.region((int) (number / most), (int) (number % most));
    }
}
