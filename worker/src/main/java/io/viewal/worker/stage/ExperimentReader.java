package io.viewal.worker.stage;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.ContractJson;
import io.viewal.contract.ExperimentRounds;
import io.viewal.contract.ExperimentRounds.Round;
import io.viewal.contract.Stage;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.report.ExperimentResults;
import io.viewal.worker.report.RoundRow;
import io.viewal.worker.store.ObjectStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Reads what the rounds of an experiment came to from the results that its record names. */
public final class ExperimentReader {

    /** Most of the time goes by with waiting for the store. */
    private static final int READERS = 16;

    private final ObjectStore store;

    /** Reads from a store. */
    public ExperimentReader(ObjectStore store) {
        this.store = store;
    }

    /**
     * Reads all rounds.
     *
     * @param record the {@link ExperimentRounds}
     * @param listener is told how many have been read, again and again
     * @throws InvalidInputException (CorruptArtifact) when the record or a result that it names is not what was committed
     */
    public ExperimentResults read(ArtifactRef record, IntConsumer listener) {
        ExperimentRounds rounds = parse(record);
        List<RoundResults> results = read(rounds.rounds(), listener);
        Map<Place, RoundResults> places = new HashMap<>();
        results.forEach(result -> places.put(Place.of(result.round()), result));
        List<RoundRow> rows = results.stream()
                .map(result -> result.row(labels(places, result.round())))
                .toList();
        return ExperimentResults.of(rounds, rows);
    }

    private ExperimentRounds parse(ArtifactRef record) {
        try {
            return ContractJson.read(store.fetch(record), ExperimentRounds.class);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    Reason.CorruptArtifact,
                    "The rounds of the experiment, '" + record.key() + "', can't be read: " + e.getMessage(),
                    e);
        }
    }

    private List<RoundResults> read(List<Round> rounds, IntConsumer listener) {
        List<RoundResults> results = new ArrayList<>();
        try (ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
            List<Future<RoundResults>> pending = new ArrayList<>();
            rounds.forEach(round -> pending.add(readers.submit(() -> RoundResults.read(store, round))));
            for (Future<RoundResults> one : pending) {
                results.add(one.get());
                listener.accept(results.size());
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException(e);
        }
        return results;
    }

    /** The figures of the labels that a round's training began with: the round's before it, or its data set's. */
    private static Map<String, Double> labels(Map<Place, RoundResults> places, Round round) {
        if (round.number() == 0) {
            return places.get(Place.of(round)).metrics(Stage.PREPARE);
        }
        RoundResults before = places.get(new Place(round.arm(), round.seed(), round.number() - 1));
        return before == null ? Map.of() : before.metrics(Stage.LABEL);
    }

    private record Place(String arm, long seed, int number) {

        static Place of(Round round) {
            return new Place(round.arm(), round.seed(), round.number());
        }
    }
}
