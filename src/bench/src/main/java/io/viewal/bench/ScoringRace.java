package io.viewal.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * View entropy and view divergence of one scene: the worker against plain PyTorch, turn by turn in one run, with a rest
 * before each turn. Timed in the process: from predictions that both hold (the worker in its mapped file, PyTorch in
 * memory) to maps and superpixel means. Starting a process, reading input and making data are not timed, but told.
 */
public final class ScoringRace {

    /** The published code's. */
    private static final double THRESHOLD = 1.0;

    /** Frames that are scored before the clock starts, for the compiler to be done. */
    private static final int WARM_UP_FRAMES = 800;

    private final BenchScene base;
    private final Path scratch;

    private ScoringRace(BenchScene base, Path scratch) {
        this.base = base;
        this.scratch = scratch;
    }

    /** @param arguments folder of the data, scratch folder, then {@code frames:pairs} of each race */
    public static void main(String[] arguments) throws IOException {
        Path scratch = Path.of(arguments[1]);
        BenchScene base = BenchScene.open(Path.of(arguments[0]), scratch);
        Timing.print(
                "data: %s; %s, %d classes, distance threshold %.1f m",
                base.origin(), BenchScene.SIZE, BenchScene.CLASSES, THRESHOLD);
        ScoringRace race = new ScoringRace(base, scratch);
        double ratio = Double.NaN;
        for (int i = 2; i < arguments.length; i++) {
            String[] sizes = arguments[i].split(":");
            double own = race.run(Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]));
            ratio = i == 2 ? own : ratio;
        }
        Timing.print("ratio %.1f", ratio);
    }

    private double run(int frames, int pairs) throws IOException {
        Path folder = Files.createDirectories(scratch.resolve("race-" + frames));
        RepeatedScene scene = new RepeatedScene(base.scene(), frames);
        SmoothProbabilities probabilities = new SmoothProbabilities(scene.size(), BenchScene.CLASSES);
        Exchange exchange = new Exchange(folder);
        exchange.write(scene, THRESHOLD, probabilities::of);
        IntFunction<float[]> stored = new StoredProbabilities(folder.resolve("probabilities.npy"));
        try (Opponent theirs = new Opponent(folder, "scoring");
                OurScoring ours = new OurScoring(scene, THRESHOLD, folder.resolve("volume"))) {
            double filling = Timing.seconds(() -> ours.fill(stored));
            double first = Timing.seconds(ours::maps);
            for (int warm = 0; warm < WARM_UP_FRAMES; warm += frames) {
                ours.maps();
            }
            Timing.print("%n%d frames (%s; %s)", frames, Timing.load(), theirs.engine());
            Timing.print(
                    "  %-6s %10s %12s %8s %8s %7s", "pair", "entropy s", "divergence s", "both s", "ours s", "ratio");
            double ratio = pairs(theirs, ours, pairs);
            theirs.seconds("points");
            Agreement agreement = Agreement.of(exchange, ours);
            Timing.print(
                    "  ours, the first time in the process: %.2f s; taking over the predictions (reading, checking,"
                            + " reordering, finding the most probable classes): %.2f s",
                    first, filling);
            Timing.print("  theirs, starting and reading: %.2f s", theirs.startSeconds());
            Timing.print(
                    "  greatest difference where both see the same points: entropy %.1e, divergence %.1e bits;"
                            + " other points seen at %.3f%% of the pixels (float32 against float64)",
                    agreement.entropy(), agreement.divergence(), 100 * agreement.elsewhere());
            if (!agreement.holds()) {
                throw new IllegalStateException("The two sides disagree: " + agreement);
            }
            return ratio;
        }
    }

    private static double pairs(Opponent theirs, OurScoring ours, int pairs) throws IOException {
        List<Double> both = new ArrayList<>();
        List<Double> own = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int pair = 1; pair <= pairs; pair++) {
            double before = own(ours);
            double entropy = their(theirs, "entropy");
            double between = own(ours);
            double divergence = their(theirs, "divergence");
            double mine = Timing.median(List.of(before, between, own(ours)));
            both.add(entropy + divergence);
            own.add(mine);
            ratios.add((entropy + divergence) / mine);
            Timing.print(
                    "  %-6d %10.2f %12.2f %8.2f %8.3f %7.1f",
                    pair, entropy, divergence, entropy + divergence, mine, ratios.getLast());
        }
        Timing.print(
                "  %-6s %10s %12s %8.2f %8.3f %7.1f",
                "median", "", "", Timing.median(both), Timing.median(own), Timing.median(ratios));
        return Timing.median(ratios);
    }

    private static double their(Opponent theirs, String map) throws IOException {
        Timing.rest();
        return theirs.seconds(map);
    }

    private static double own(OurScoring ours) throws IOException {
        Timing.rest();
        return Timing.seconds(ours::maps);
    }
}
