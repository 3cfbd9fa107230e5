package io.viewal.bench;

import io.viewal.worker.model.Predictor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Predictions of one frame, turn by turn: one pass, and Monte Carlo dropout of 20 passes for both scores. Ours runs what
 * comes before the dropout once and samples once for view entropy and view divergence; theirs runs 40 whole passes, as
 * the published code does.
 */
public final class PredictionRace {

    private static final int PASSES = 20;
    private static final int WARM_UPS = 3;

    private PredictionRace() {}

    /** @param arguments folder of the reference network, a trained model, pairs of single passes, pairs of dropout, backbone */
    public static void main(String[] arguments) throws IOException {
        byte[] frame = new NoiseFrames(1).rgb(0);
        try (Opponent theirs = new Opponent(Path.of(arguments[0]), "1", arguments[4]);
                Predictor ours = Predictor.load(Path.of(arguments[1]))) {
            Timing.print("%nprediction of a frame by %s (%s; %s)", arguments[4], Timing.load(), theirs.engine());
            Timing.print("  %-22s %10s %10s %7s", "", "theirs s", "ours s", "ratio");
            race("one pass", theirs, "infer", () -> ours.probabilities(frame, 1, 1), Integer.parseInt(arguments[2]));
            race(
                    "dropout, both scores",
                    theirs,
                    "dropout",
                    () -> ours.probabilities(frame, PASSES, 1),
                    Integer.parseInt(arguments[3]));
        }
    }

    private static void race(String what, Opponent theirs, String command, Timing.Work ours, int pairs)
            throws IOException {
        List<Double> own = new ArrayList<>();
        List<Double> other = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int pair = -WARM_UPS; pair < pairs; pair++) {
            double mine = Timing.seconds(ours);
            double its = theirs.seconds(command);
            if (pair >= 0) {
                own.add(mine);
                other.add(its);
                ratios.add(its / mine);
            }
        }
        Timing.print(
                "  %-22s %10.3f %10.3f %7.2f", what, Timing.median(other), Timing.median(own), Timing.median(ratios));
    }
}
