package io.viewal.worker.report;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.ExperimentRounds;
import io.viewal.contract.ExperimentRounds.Arm;
import io.viewal.contract.ExperimentRounds.Outcome;
import io.viewal.contract.ExperimentRounds.Role;
import io.viewal.contract.ExperimentRounds.Round;
import io.viewal.contract.Stage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Rounds whose scores follow a formula, so that what a report says of them is known. */
final class SyntheticRounds {

    /** Labeled fraction of a round. */
    static final double STEP = 0.02;

    private static final List<String> CLASSES = List.of("wall", "floor", "bed");

    private final List<Arm> arms = new ArrayList<>();
    private final List<RoundRow> rows = new ArrayList<>();
    private final int seeds;
    private final int rounds;

    /**
     * @param seeds runs of each arm
     * @param rounds of each run
     */
    SyntheticRounds(int seeds, int rounds) {
        this.seeds = seeds;
        this.rounds = rounds;
    }

    /** Score of the round that all arms begin with. */
    static double first(long seed) {
        return 0.30 + 0.01 * seed;
    }

    /**
     * Adds an arm whose score grows from {@link #first}.
     *
     * @param gain what each round adds
     * @param failing the round that fails before it has a score, and that no other one follows
     */
    SyntheticRounds arm(String name, Role role, double gain, Predicate<Round> failing) {
        arms.add(new Arm(name, name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1), role, null));
        for (long seed = 0; seed < seeds; seed++) {
            for (int number = 0; number < rounds; number++) {
                // A tenth of the gain more or less by seed, so that differences vary.
                double score = first(seed) + number * gain * (1 + 0.1 * (seed % 3 - 1));
                Round round = round(name, seed, number, Outcome.Complete, null);
                if (failing.test(round)) {
                    rows.add(row(round(name, seed, number, Outcome.Failed, "the loss is not a number"), Double.NaN));
                    break;
                }
                rows.add(row(round, score));
            }
        }
        return this;
    }

    SyntheticRounds arm(String name, Role role, double gain) {
        return arm(name, role, gain, round -> false);
    }

    /** Adds a reference of one round a seed. */
    SyntheticRounds reference(double score) {
        arms.add(new Arm("reference", "FullSupervision", Role.Reference, null));
        for (long seed = 0; seed < seeds; seed++) {
            rows.add(row(round("reference", seed, 0, Outcome.Complete, null), score));
        }
        return this;
    }

    private static Round round(String arm, long seed, int number, Outcome outcome, String message) {
        String name = "rooms-%s-s%d-r%d".formatted(arm, seed, number);
        // All arms begin with the same training.
        String training =
                (number == 0 ? "first" : Integer.toHexString(arm.hashCode()) + "-" + number) + "-" + seed + ".json";
        return new Round(
                arm,
                seed,
                number,
                name,
                outcome,
                message,
                Map.of(Stage.TRAIN, List.of(new ArtifactRef(training, 1L, "ab"))));
    }

    private static RoundRow row(Round round, double score) {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        double fraction = STEP * (round.number() + 1);
        figures.put(Figure.LABELED_FRACTION, fraction);
        figures.put(Figure.LABELED_PIXELS, 1e7 * fraction);
        figures.put(Figure.CLICKS, 4e4 * fraction);
        figures.put(Figure.SECONDS, 1e5 * fraction);
        figures.put(Figure.FOREGROUND, 0.5);
        figures.put(Figure.CHOSEN_REGIONS, 40.0);
        figures.put(Figure.TRAIN_SECONDS, 100.0);
        figures.put(Figure.TRAIN_GPU_SECONDS, 0.0);
        if (!Double.isNaN(score)) {
            figures.put(Figure.TEST_MIOU, score);
        }
        return new RoundRow(
                round,
                figures,
                "cpu",
                CLASSES,
                List.of(score, score / 2, Double.NaN),
                Map.of("room-00000", 300L, "room-00001", 100L));
    }

    ExperimentResults results() {
        ExperimentRounds record = new ExperimentRounds(
                ExperimentRounds.VERSION,
                "rooms",
                arms,
                rows.stream().map(RoundRow::round).toList());
        return ExperimentResults.of(record, rows);
    }
}
