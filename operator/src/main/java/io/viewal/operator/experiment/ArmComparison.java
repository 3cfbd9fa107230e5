package io.viewal.operator.experiment;

import io.viewal.api.v1alpha1.ExperimentStatus.Best;
import io.viewal.api.v1alpha1.ExperimentStatus.LabelsNeeded;
import io.viewal.contract.RoundFigures;
import io.viewal.operator.experiment.RunState.Phase;
import io.viewal.operator.experiment.RunState.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Compares the arms of an experiment by the rounds that are complete. */
record ArmComparison(List<RunState> runs) {

    private static final int MAX_LINE = 120;

    private static final List<Integer> PERCENT = List.of(90, 95, 99);

    /** Names of all arms, the reference first, then as they are declared. */
    List<String> names() {
        return runs.stream().map(state -> state.run().arm()).distinct().toList();
    }

    private List<RunState> of(String arm) {
        return runs.stream().filter(state -> state.run().arm().equals(arm)).toList();
    }

    /**
     * The arm whose runs have the best mean score after as many rounds as all of them have; empty while there are none. Runs
     * that ended before, as a round failed, do not count.
     */
    Optional<Best> best() {
        List<RunState> going = runs.stream()
                .filter(state -> !state.run().isReference() && state.phase() != Phase.FAILED)
                .toList();
        OptionalInt common = going.stream().mapToInt(ArmComparison::last).min();
        if (common.isEmpty() || common.getAsInt() < 0) {
            return Optional.empty();
        }
        Best best = null;
        for (String arm : names()) {
            OptionalDouble mean = going.stream()
                    .filter(state -> state.run().arm().equals(arm))
                    .flatMap(state -> state.curve().stream())
                    .filter(point -> point.number() == common.getAsInt())
                    .mapToDouble(Point::score)
                    .average();
            if (mean.isPresent() && (best == null || mean.getAsDouble() > best.meanIoU())) {
                best = new Best(arm, mean.getAsDouble(), common.getAsInt());
            }
        }
        return Optional.ofNullable(best).map(it -> new Best(it.arm(), RoundFigures.shown(it.meanIoU()), it.round()));
    }

    private static int last(RunState state) {
        List<Point> curve = state.curve();
        return curve.isEmpty() ? -1 : curve.getLast().number();
    }

    /** Where an arm stands, in one line. */
    String line(String arm) {
        List<RunState> its = of(arm);
        List<String> parts = new ArrayList<>();
        parts.add("%d of %d runs done".formatted(count(its, Phase.DONE), its.size()));
        if (count(its, Phase.FAILED) > 0) {
            parts.add(count(its, Phase.FAILED) + " failed");
        }
        if (count(its, Phase.STOPPED) > 0) {
            parts.add(count(its, Phase.STOPPED) + " stopped");
        }
        its.stream()
                .filter(state -> !state.curve().isEmpty())
                .mapToDouble(state -> state.curve().getLast().score())
                .average()
                .ifPresent(score -> parts.add("mIoU " + RoundFigures.shown(score)));
        its.stream()
                .flatMap(state -> state.stopped().stream())
                .findFirst()
                .ifPresent(rule -> parts.add("ended as " + rule));
        String line = String.join(", ", parts);
        return line.length() <= MAX_LINE ? line : line.substring(0, MAX_LINE - 1) + "…";
    }

    private static long count(List<RunState> runs, Phase phase) {
        return runs.stream().filter(state -> state.phase() == phase).count();
    }

    /** What the runs of an arm needed for percents of the reference's score; one that none has reached is left out. */
    Map<String, LabelsNeeded> labelsNeeded(String arm) {
        Map<String, LabelsNeeded> needed = new TreeMap<>();
        for (int percent : PERCENT) {
            DoubleSummaryStatistics fractions = of(arm).stream()
                    .flatMap(
                            state -> reference(state.run().seed())
                                    .flatMap(score -> reached(state.curve(), score * percent / 100))
                                    .stream())
                    .mapToDouble(Double::doubleValue)
                    .summaryStatistics();
            if (fractions.getCount() > 0) {
                needed.put(
                        Integer.toString(percent),
                        new LabelsNeeded(
                                RoundFigures.shown(fractions.getAverage()),
                                RoundFigures.shown(fractions.getMin()),
                                RoundFigures.shown(fractions.getMax())));
            }
        }
        return needed;
    }

    private Optional<Double> reference(long seed) {
        return runs.stream()
                .filter(state -> state.run().isReference() && state.run().seed() == seed)
                .flatMap(state -> state.curve().stream())
                .map(Point::score)
                .findFirst();
    }

    /** The labeled share at which a curve first has a score, between two rounds by the straight line. */
    private static Optional<Double> reached(List<Point> curve, double score) {
        Point before = null;
        for (Point point : curve) {
            if (point.score() >= score) {
                double labeled = before == null
                        ? point.labeled()
                        : before.labeled()
                                + (point.labeled() - before.labeled())
                                        * (score - before.score())
                                        / (point.score() - before.score());
                return Optional.of(labeled);
            }
            before = point;
        }
        return Optional.empty();
    }

    /** The labeled share of the run that has labeled most. */
    Optional<Double> labeledFraction() {
        return runs.stream()
                .filter(state -> !state.run().isReference())
                .flatMap(state -> state.complete().stream())
                .map(done -> done.found().figures().labeledFraction())
                .filter(fraction -> fraction != null)
                .max(Comparator.naturalOrder());
    }
}
