package io.viewal.operator.stage;

import io.viewal.contract.Stage;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A stage whose result is not committed, as the cluster and the store show it.
 *
 * @param attempts those that there are Jobs for
 * @param progress of the newest attempt while it runs
 */
public record StageObservation(Stage stage, List<Attempt> attempts, Optional<StageProgressReport> progress) {

    int newest() {
        return attempts.stream().mapToInt(Attempt::number).max().orElse(0);
    }

    Optional<AttemptState> state(int attempt) {
        return attempts.stream()
                .filter(seen -> seen.number() == attempt)
                .map(Attempt::state)
                .findFirst();
    }

    /** Attempts whose Jobs still have, or may yet get, a worker; newest last. */
    Stream<Attempt> active() {
        return attempts.stream().filter(seen -> seen.state().active()).sorted(Comparator.comparingInt(Attempt::number));
    }
}
