package io.viewal.worker.stage;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.ExperimentRequests;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.contract.StoreKeys;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.store.ObjectStore;
import io.viewal.worker.store.ObjectStore.Entry;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The records of experiments' rounds in a store.
 *
 * @param folder {@link ExperimentRequests#folder}
 */
public record ExperimentRecords(ObjectStore store, String folder) {

    private static final Pattern FILE = Pattern.compile("rounds-\\d+-([0-9a-f]{64})\\.json");

    /**
     * The newest record of an experiment.
     *
     * @param experiment its name, or its name and the first eight characters of its uid, {@code rooms-0a1b2c3d}
     * @throws InvalidInputException when there is none, or several experiments of that name
     */
    public ArtifactRef newest(String experiment) {
        List<String> all = store.folders(folder);
        List<String> found = all.stream()
                .filter(name -> name.equals(experiment) || name.matches(Pattern.quote(experiment) + "-[0-9a-f]{8}"))
                .toList();
        if (found.size() != 1) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    found.isEmpty()
                            ? "The store has no finished round of an experiment '" + experiment + "' in '" + folder
                                    + "', " + (all.isEmpty() ? "nor of any other one" : "only of " + all)
                            : "The store has several experiments '" + experiment + "': name one of " + found);
        }
        List<Entry> records = store.children(StoreKeys.join(folder, found.getFirst()));
        for (Entry entry : records.reversed()) {
            Matcher name = FILE.matcher(entry.name());
            if (name.matches()) {
                return new ArtifactRef(
                        StoreKeys.join(folder, found.getFirst(), entry.name()), entry.bytes(), name.group(1));
            }
        }
        throw new InvalidInputException(
                Reason.InvalidRequest, "No round of the experiment '" + experiment + "' has finished yet");
    }
}
