package io.viewal.worker.reclaim;

import io.viewal.contract.ContractJson;
import io.viewal.contract.Owner;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.contract.StageResult;
import io.viewal.contract.StoreLayout;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.store.ObjectStore;
import io.viewal.worker.store.ObjectStore.Stored;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The objects of one result, see {@link io.viewal.contract.StoreLayout}.
 *
 * @param key of the folder
 * @param objects all of them
 */
record ResultFolder(String key, List<Stored> objects, ObjectStore store) {

    /** True when something in it was written since then: it may be made, or looked for, right now. */
    boolean changedSince(Instant time) {
        return objects.stream().anyMatch(object -> object.modified().isAfter(time));
    }

    /** The committed results, one a shard. */
    List<StageResult> results() {
        return commits()
                .flatMap(object -> store.read(object.key()).map(json -> result(object.key(), json)).stream())
                .toList();
    }

    private static StageResult result(String key, byte[] json) {
        try {
            return ContractJson.read(json, StageResult.class);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    Reason.CorruptArtifact, "The object '" + key + "' is not the result of a stage: delete it", e);
        }
    }

    /** True when an owner that counts uses it. */
    boolean usedBy(Predicate<Owner> counts) {
        return references()
                .anyMatch(reference -> owner(reference).filter(counts).isPresent());
    }

    /** All of it, what commits it first: whoever finds less than all finds nothing. */
    List<Stored> all() {
        return Stream.concat(commits(), objects.stream()).distinct().toList();
    }

    /**
     * What nobody reads of a result that is used: once it is committed, all but what the winning attempts wrote; and the
     * references of owners that don't count.
     */
    List<Stored> leftovers(Predicate<Owner> counts) {
        List<StageResult> committed = results();
        Set<String> attempts = committed.stream()
                .flatMap(result -> result.artifacts().values().stream())
                .map(artifact -> name(artifact.key()))
                .collect(Collectors.toSet());
        Stream<Stored> unread = objects.stream()
                .filter(object -> object.key().indexOf('/', key.length() + 1) > 0
                        && !name(object.key()).equals("references")
                        && !attempts.contains(name(object.key())));
        Stream<Stored> dead =
                references().filter(reference -> owner(reference).filter(counts).isEmpty());
        return Stream.concat(committed.isEmpty() ? Stream.empty() : unread, dead)
                .toList();
    }

    private Stream<Stored> references() {
        return objects.stream().filter(object -> name(object.key()).equals("references"));
    }

    private Optional<Owner> owner(Stored reference) {
        return store.read(reference.key()).map(json -> ContractJson.read(json, Owner.class));
    }

    private Stream<Stored> commits() {
        return objects.stream().filter(object -> StoreLayout.isResultKey(object.key()));
    }

    /** The first part of a key below the folder. */
    private String name(String object) {
        int end = object.indexOf('/', key.length() + 1);
        return object.substring(key.length() + 1, end < 0 ? object.length() : end);
    }
}
