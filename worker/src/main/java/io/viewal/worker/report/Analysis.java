package io.viewal.worker.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.viewal.contract.ExperimentRounds.Role;
import io.viewal.contract.ReportParameters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The statistics of an experiment's arms. Arms are compared over the rounds that all of them have: from the first to the
 * last one that any seed of every arm has a score of. Runs that lack one of these rounds are left out of what is over all
 * of them.
 */
final class Analysis {

    /** Shares of the reference's score that labels are counted for. */
    static final List<Double> SHARES = List.of(0.9, 0.95, 0.99);

    private final ExperimentResults results;
    private final Bootstrap bootstrap;
    private final Figure score;
    private final List<ArmRuns> arms;
    private final Optional<ArmRuns> reference;
    private final Map<String, List<Interval>> scores = new HashMap<>();
    private final int last;

    Analysis(ExperimentResults results, ReportParameters parameters, long seed) {
        this.results = results;
        this.bootstrap = new Bootstrap(parameters.confidence(), parameters.resamples(), seed);
        boolean tested = results.rows().stream().anyMatch(row -> !Double.isNaN(row.get(Figure.TEST_MIOU)));
        this.score = tested ? Figure.TEST_MIOU : Figure.VALIDATION_MIOU;
        List<ArmRuns> all = results.arms().values().stream()
                .map(arm -> new ArmRuns(arm, runs(arm.name())))
                .toList();
        this.arms =
                all.stream().filter(arm -> arm.arm().role() != Role.Reference).toList();
        this.reference =
                all.stream().filter(arm -> arm.arm().role() == Role.Reference).findFirst();
        this.last = arms.stream()
                .mapToInt(ArmRuns::reach)
                .filter(reach -> reach > 0)
                .min()
                .orElse(0);
    }

    /** The scores of an arm's rounds, by number. */
    private List<Interval> scores(ArmRuns arm) {
        return scores.computeIfAbsent(
                arm.name(),
                name -> IntStream.rangeClosed(0, arm.lastRound())
                        .mapToObj(number -> interval(arm, run -> run.score(number)))
                        .toList());
    }

    private List<Run> runs(String arm) {
        Map<Long, List<RoundRow>> bySeed = results.rows().stream()
                .filter(row -> row.round().arm().equals(arm))
                .collect(groupingBy(row -> row.round().seed(), TreeMap::new, toList()));
        List<Run> runs = new ArrayList<>();
        bySeed.forEach((seed, rows) -> runs.add(Run.of(arm, seed, score, rows)));
        return runs;
    }

    ExperimentResults results() {
        return results;
    }

    /** Which figure is the score: that of the test split, or that of the validation split where no round was tested. */
    Figure score() {
        return score;
    }

    double confidence() {
        return bootstrap.confidence();
    }

    /** What is compared, as declared: all arms but the reference. */
    List<ArmRuns> arms() {
        return arms;
    }

    Optional<ArmRuns> control() {
        return arms.stream().filter(ArmRuns::isControl).findFirst();
    }

    /** The reference's score; empty where there is none. */
    Optional<Interval> reference() {
        return reference.map(arm -> interval(arm, run -> run.score(0))).filter(known -> known.count() > 0);
    }

    /** The last round that all arms have; 0 when they have none in common after the first. */
    int last() {
        return last;
    }

    /** The mean over an arm's seeds of a value of its runs, NaN where a run does not have it. */
    Interval interval(ArmRuns arm, ToDoubleFunction<Run> value) {
        return bootstrap.mean(arm.values(value));
    }

    /** The area under an arm's budget curve. */
    Interval area(ArmRuns arm, Figure budget) {
        return interval(arm, run -> run.area(budget, last));
    }

    /** An arm's score after the last round that all have. */
    Interval lastScore(ArmRuns arm) {
        return interval(arm, run -> run.score(last));
    }

    /** The arm with the greatest area; empty when none has one. */
    Optional<ArmRuns> best() {
        return arms.stream()
                .filter(arm -> area(arm, Figure.LABELED_FRACTION).count() > 0)
                .max(Comparator.comparingDouble(
                        arm -> area(arm, Figure.LABELED_FRACTION).mean()));
    }

    /** A point of a learning curve: means over the seeds that have a score of the round. */
    record CurvePoint(int round, double budget, Interval score) {}

    /** The learning curve of an arm. */
    List<CurvePoint> curve(ArmRuns arm, Figure budget) {
        List<CurvePoint> points = new ArrayList<>();
        for (int n = 0; n <= arm.lastRound(); n++) {
            int number = n;
            double at = arm.runs().stream()
                    .filter(run -> !Double.isNaN(run.score(number)))
                    .mapToDouble(run -> run.get(number, budget))
                    .filter(Double::isFinite)
                    .average()
                    .orElse(Double.NaN);
            Interval mean = scores(arm).get(number);
            if (mean.count() > 0) {
                points.add(new CurvePoint(n, at, mean));
            }
        }
        return points;
    }

    /** How the arms differ from the control in a value of their runs; none without a control. */
    List<Difference> differences(ToDoubleFunction<Run> value) {
        return control()
                .map(control -> Difference.of(
                        arms.stream().filter(arm -> arm != control).toList(), control, value, bootstrap))
                .orElse(List.of());
    }

    /** The pairwise penalty matrix of {@link #arms()}. */
    double[][] penalties() {
        return PairwisePenalties.of(arms.stream().map(ArmRuns::runs).toList(), last);
    }

    /**
     * The budget with which an arm reaches a share of the reference's score of the same seed, or else of its mean.
     *
     * @param reached runs that do
     * @param runs that there are
     * @param budget over the runs that reach it
     */
    record Needed(int reached, int runs, Interval budget) {}

    /** What an arm needs for a share of the reference's score; empty without a reference. */
    Optional<Needed> needed(ArmRuns arm, Figure budget, double share) {
        return reference().map(mean -> {
            List<OptionalDouble> needed = arm.runs().stream()
                    .map(run -> run.needed(budget, share * reference(run.seed(), mean.mean())))
                    .toList();
            Interval over = bootstrap.mean(
                    needed.stream().filter(OptionalDouble::isPresent).mapToDouble(OptionalDouble::getAsDouble));
            return new Needed(over.count(), needed.size(), over);
        });
    }

    private double reference(long seed, double otherwise) {
        return reference.stream()
                .flatMap(arm -> arm.runs().stream())
                .filter(run -> run.seed() == seed && !Double.isNaN(run.score(0)))
                .mapToDouble(run -> run.score(0))
                .findFirst()
                .orElse(otherwise);
    }
}
