package io.viewal.contract;

import java.util.List;
import java.util.Map;

/**
 * Builds the requests of an experiment's own stage, its report, and says where the {@link ExperimentRounds} lie that it is
 * made of: {@code <prefix>/<namespace>/experiments/<name>-<uid8>/rounds-<results>-<sha256>.json}, by their content and led
 * by how many stage results they name, so that the last of the names is of the newest.
 *
 * @param owner the experiment
 * @param store where its artifacts go
 */
public record ExperimentRequests(Owner owner, StoreLocation store) {

    /** The {@link ExperimentRounds}; input of REPORT. */
    public static final String ROUNDS = "rounds";

    /** REPORT: the page, self-contained HTML ({@code report.html}). */
    public static final String PAGE = "report";

    /** REPORT: a row a round, as CSV ({@code rounds.csv}). */
    public static final String TABLE = "roundsTable";

    /** REPORT: what the page says, as JSON ({@code report.json}). */
    public static final String SUMMARY = "summary";

    /** What resamples are drawn from: the same report of the same rounds. */
    public static final long SEED = 1;

    /** The object that the rounds are to be written to: {@link ContractJson#toBytes} of them. */
    public ArtifactRef artifact(ExperimentRounds rounds) {
        byte[] json = ContractJson.toBytes(rounds);
        String sha256 = ContractJson.sha256(json);
        long results = rounds.rounds().stream()
                .flatMap(round -> round.results().values().stream())
                .mapToInt(List::size)
                .sum();
        String name = "rounds-%08d-%s.json".formatted(results, sha256);
        String key = StoreKeys.join(folder(store.prefix(), owner.namespace()), owner.directory(), name);
        return new ArtifactRef(key, (long) json.length, sha256);
    }

    /** Where the experiments of a namespace lie: a folder each. */
    public static String folder(String prefix, String namespace) {
        return StoreKeys.join(prefix, namespace, "experiments");
    }

    /** Makes the report of rounds that are in the store. */
    public StageRequest report(ReportParameters parameters, ArtifactRef rounds) {
        return new StageRequest(StageRequest.VERSION, owner, 1, 1, SEED, store, Map.of(ROUNDS, rounds), parameters);
    }
}
