package io.viewal.operator.experiment;

import io.viewal.contract.ExperimentDeclaration;
import io.viewal.contract.ExperimentRun;
import io.viewal.operator.condition.Verdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An experiment and its rounds, as there are to see.
 *
 * @param runs in the order in which they are begun
 * @param rounds that there are, by name
 * @param datasetDigest of the data set as it is now; empty when it is not ready
 * @param blocked why no other round can begin, such as a data set that is not ready; empty: they can
 * @param startedAt when the first round was made; empty: none is yet
 */
record ObservedExperiment(
        ExperimentDeclaration declared,
        List<ExperimentRun> runs,
        Map<String, ChildRound> rounds,
        Optional<String> datasetDigest,
        Optional<Verdict> blocked,
        Optional<Instant> startedAt) {

    ObservedExperiment {
        runs = List.copyOf(runs);
        rounds = Map.copyOf(rounds);
    }

    /** The same after rounds were made. */
    ObservedExperiment with(List<ChildRound> made) {
        Map<String, ChildRound> next = new HashMap<>(rounds);
        made.forEach(round -> next.put(round.name(), round));
        return new ObservedExperiment(declared, runs, next, datasetDigest, blocked, startedAt);
    }

    /** The round of this name; empty when there is none. */
    Optional<ChildRound> round(String name) {
        return Optional.ofNullable(rounds.get(name));
    }
}
