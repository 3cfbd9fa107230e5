package io.viewal.worker.report;

import static java.util.stream.Collectors.toMap;

import io.viewal.contract.ExperimentRounds;
import io.viewal.contract.ExperimentRounds.Arm;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an experiment came to so far.
 *
 * @param name of the experiment
 * @param arms by name, as declared
 * @param rows a row a round, by arm as declared, seed and number
 */
public record ExperimentResults(String name, Map<String, Arm> arms, List<RoundRow> rows) {

    /** The results of the rounds, in whatever order they were read. */
    public static ExperimentResults of(ExperimentRounds rounds, List<RoundRow> rows) {
        Map<String, Arm> arms =
                rounds.arms().stream().collect(toMap(Arm::name, arm -> arm, (a, b) -> a, LinkedHashMap::new));
        List<String> order = List.copyOf(arms.keySet());
        List<RoundRow> sorted = rows.stream()
                .sorted(Comparator.comparingInt(
                                (RoundRow row) -> order.indexOf(row.round().arm()))
                        .thenComparingLong(row -> row.round().seed())
                        .thenComparingInt(row -> row.round().number()))
                .toList();
        return new ExperimentResults(rounds.experiment(), arms, sorted);
    }
}
