package io.viewal.worker.report;

import static java.util.stream.Collectors.toMap;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.Stage;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The runs of two arms, paired by seed.
 *
 * @param ones runs of one arm
 * @param others runs of another
 */
record Pairs(List<Run> ones, List<Run> others) {

    /** What the first has more than the other of something, a value for each seed for which both have it. */
    double[] differences(ToDoubleFunction<Run> value) {
        return differences(ones, value);
    }

    /** The same, without the seeds for which both have the same training of a round. */
    double[] different(int round, ToDoubleFunction<Run> value) {
        Map<Long, Run> bySeed = others.stream().collect(toMap(Run::seed, run -> run));
        List<Run> apart = ones.stream()
                .filter(run -> !training(run, round).equals(training(bySeed.get(run.seed()), round)))
                .toList();
        return differences(apart, value);
    }

    private double[] differences(List<Run> some, ToDoubleFunction<Run> value) {
        Map<Long, Run> bySeed = others.stream().collect(toMap(Run::seed, run -> run));
        return some.stream()
                .filter(run -> bySeed.containsKey(run.seed()))
                .mapToDouble(run -> value.applyAsDouble(run) - value.applyAsDouble(bySeed.get(run.seed())))
                .filter(Double::isFinite)
                .toArray();
    }

    private static List<ArtifactRef> training(Run run, int round) {
        RoundRow row = run == null ? null : run.rounds().get(round);
        return row == null ? List.of() : row.results(Stage.TRAIN);
    }
}
