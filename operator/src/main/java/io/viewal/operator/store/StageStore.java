package io.viewal.operator.store;

import io.viewal.api.v1alpha1.StoreReference;
import io.viewal.contract.ArtifactRef;
import io.viewal.contract.ContractJson;
import io.viewal.contract.Owner;
import io.viewal.contract.Stage;
import io.viewal.contract.StageProgress;
import io.viewal.contract.StageResult;
import io.viewal.contract.StoreKeys;
import io.viewal.contract.StoreLayout;
import io.viewal.operator.condition.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A store as the operator sees it: committed results and progress. */
public final class StageStore {

    private static final byte[] PROBE = "probe".getBytes(StandardCharsets.UTF_8);

    /** Results are a few KiB: more would not fit a status. */
    private static final int MAX_RESULT_BYTES = 64 << 10;

    private static final int MAX_PROGRESS_BYTES = 8 << 10;

    /** What is read at once of an object that may be large, within the time that a request may take. */
    private static final int PART_BYTES = 4 << 20;

    /** How long a verdict on the store is believed. */
    private static final Duration GOOD_FOR = Duration.ofMinutes(10);

    private static final Duration BAD_FOR = Duration.ofSeconds(5);

    private record Verdict(Instant until, StoreException problem) {

        boolean holds(Instant now) {
            return !now.isAfter(until);
        }

        void raise() {
            if (problem != null) {
                throw problem;
            }
        }
    }

    private final StoreReference reference;
    private final String namespace;
    private final ObjectStore objects;
    private final Breaker breaker;
    private final Map<String, StageResult> committed;
    private final Map<String, String> contents = RecentlyUsed.cache();
    private final Clock clock;
    private volatile Verdict verdict = new Verdict(Instant.MIN, null);

    /**
     * A namespace's part of a store.
     *
     * @param breaker shared by all parts of the store
     * @param committed results that were read, of all stores
     */
    StageStore(
            StoreReference reference,
            String namespace,
            ObjectStore objects,
            Breaker breaker,
            Map<String, StageResult> committed,
            Clock clock) {
        this.reference = reference;
        this.namespace = namespace;
        this.objects = objects;
        this.breaker = breaker;
        this.committed = committed;
        this.clock = clock;
    }

    /**
     * Checks that the bucket is there, that it can be read and written where the namespace's objects lie, and that the store
     * honours conditional puts, without which two attempts could both commit.
     *
     * @throws StoreException that says what is wrong
     */
    public void probe() {
        Verdict known = verdict;
        if (!known.holds(clock.instant())) {
            known = breaker.ask(this::judged);
        }
        known.raise();
    }

    /** One asks, and those who wait for it go by what it finds. A verdict holds from when it was reached. */
    private synchronized Verdict judged() {
        if (!verdict.holds(clock.instant())) {
            try {
                probeNow();
                verdict = new Verdict(clock.instant().plus(GOOD_FOR), null);
            } catch (StoreException e) {
                if (e.reason() == Reason.StoreUnavailable) {
                    throw e;
                }
                verdict = new Verdict(clock.instant().plus(BAD_FOR), e);
            }
        }
        return verdict;
    }

    /** Since when the store answers; the beginning of time if it has never been away. */
    public Instant backSince() {
        return breaker.backSince();
    }

    /**
     * The committed results of all shards, in their order; empty while one is missing.
     *
     * @throws StoreException when the store can't be asked, or holds something else in a result's place
     */
    public Optional<List<StageResult>> results(StoreLayout layout) {
        return breaker.ask(() -> resultsNow(layout));
    }

    private Optional<List<StageResult>> resultsNow(StoreLayout layout) {
        List<StageResult> results = new ArrayList<>();
        for (int shard = 0; shard < layout.shards(); shard++) {
            Optional<StageResult> result = result(layout, shard);
            if (result.isEmpty()) {
                return Optional.empty();
            }
            results.add(result.get());
        }
        return Optional.of(results);
    }

    /**
     * Writes an object whose key names its content, unless it is there.
     *
     * @throws StoreException when the store can't be asked
     */
    public void keep(ArtifactRef ref, byte[] content) {
        breaker.ask(() -> objects.putIfAbsent(ref.key(), content));
    }

    /** Asks for the results anew the next time, as someone has found them damaged. */
    public void forget(StoreLayout layout) {
        for (int shard = 0; shard < layout.shards(); shard++) {
            committed.remove(id(layout.resultKey(shard)));
        }
    }

    /** Says that the owner uses a result, so that it stays as long as the owner does. */
    public void refer(Owner owner, Stage stage, String digest) {
        String prefix = reference.prefix() == null ? "" : reference.prefix();
        put(new StoreLayout(prefix, owner, stage, digest, 1).referenceKey(), owner);
    }

    /** Says that the owner uses the result that an artifact belongs to, if it belongs to one. */
    public void refer(Owner owner, ArtifactRef artifact) {
        StoreLayout.resultPrefixOf(artifact.key())
                .ifPresent(folder -> put(StoreLayout.referenceKey(folder, owner), owner));
    }

    /**
     * Takes back that the owner uses a result, and deletes it when nobody else uses it. The commits go first: whoever finds
     * less than all of a result finds none.
     */
    public void release(Owner owner, String resultPrefix) {
        breaker.ask(() -> {
            objects.delete(StoreLayout.referenceKey(resultPrefix, owner));
            List<String> keys = objects.list(resultPrefix);
            if (keys.stream().noneMatch(key -> key.startsWith(resultPrefix + "/references/"))) {
                keys.stream()
                        .sorted(Comparator.comparing(key -> !StoreLayout.isResultKey(key)))
                        .forEach(key -> {
                            objects.delete(key);
                            committed.remove(id(key));
                        });
            }
            return resultPrefix;
        });
    }

    private void put(String key, Owner owner) {
        breaker.ask(() -> {
            objects.put(key, ContractJson.toBytes(owner));
            return key;
        });
    }

    /** What an object is; empty when there is none. All of it is read, once as long as it is the same. */
    public Optional<ArtifactRef> identify(String key) {
        return breaker.ask(() -> objects.head(key)).map(head -> {
            String id = id(key) + " " + head.etag() + " " + head.bytes();
            String known = contents.get(id);
            String sha256 = known == null ? sha256(key, head) : known;
            contents.put(id, sha256);
            return new ArtifactRef(key, head.bytes(), sha256);
        });
    }

    private String sha256(String key, ObjectStore.Head head) {
        MessageDigest digest = ContractJson.sha256();
        for (long offset = 0; offset < head.bytes(); offset += PART_BYTES) {
            long start = offset;
            int length = (int) Math.min(PART_BYTES, head.bytes() - start);
            digest.update(breaker.ask(() -> objects.part(key, head, start, length)));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** What the shards of an attempt have reported; one that has reported nothing that can be read is left out. */
    public List<StageProgress> progress(StoreLayout layout, int attempt) {
        return breaker.ask(() -> progressNow(layout, attempt));
    }

    private List<StageProgress> progressNow(StoreLayout layout, int attempt) {
        List<StageProgress> reported = new ArrayList<>();
        for (int shard = 0; shard < layout.shards(); shard++) {
            String key = layout.progressKey(attempt, shard);
            objects.get(key, MAX_PROGRESS_BYTES).flatMap(StageStore::progress).ifPresent(reported::add);
        }
        return reported;
    }

    private static Optional<StageProgress> progress(byte[] json) {
        try {
            return Optional.of(ContractJson.read(json, StageProgress.class));
        } catch (IllegalArgumentException e) {
            // It tells people how far the work has come: work does not stop for it.
            return Optional.empty();
        }
    }

    private Optional<StageResult> result(StoreLayout layout, int shard) {
        String key = layout.resultKey(shard);
        StageResult known = committed.get(id(key));
        if (known != null) {
            return Optional.of(known);
        }
        Optional<StageResult> found =
                objects.get(key, MAX_RESULT_BYTES).map(json -> result(key, json, layout.digest()));
        found.ifPresent(result -> committed.put(id(key), result));
        return found;
    }

    private String id(String key) {
        return reference.endpoint() + "/" + reference.bucket() + "/" + key;
    }

    private StageResult result(String key, byte[] json, String digest) {
        if (json.length > MAX_RESULT_BYTES) {
            throw corrupt(key, "it has more than %d KiB".formatted(MAX_RESULT_BYTES >> 10), null);
        }
        try {
            StageResult result = ContractJson.read(json, StageResult.class);
            WholeResult.check(result, digest);
            return result;
        } catch (IllegalArgumentException e) {
            throw corrupt(key, e.getMessage(), e);
        }
    }

    private StoreException corrupt(String key, String why, Throwable cause) {
        return new StoreException(
                Reason.CorruptArtifact,
                ("The object s3://%s/%s is not the result of a stage (%s): delete it, and the stage is done again; asked"
                                + " again by itself")
                        .formatted(reference.bucket(), key, why),
                cause);
    }

    /** First a GET: what a server answers to it has a body, which says what is wrong. */
    private void probeNow() {
        String prefix = reference.prefix() == null ? "" : reference.prefix();
        String key = StoreKeys.join(prefix, namespace, "probe-" + UUID.randomUUID());
        objects.get(key, PROBE.length);
        objects.put(key, PROBE);
        boolean conditional;
        try {
            conditional = !objects.putIfAbsent(key, PROBE);
        } finally {
            objects.delete(key);
        }
        if (!conditional) {
            throw new StoreException(
                    Reason.StoreNotConditional,
                    ("The store at %s ignores the condition If-None-Match, so that two attempts could both commit:"
                                    + " use a store that honours conditional puts, such as versitygw, MinIO or Amazon S3")
                            .formatted(reference.endpoint()));
        }
    }
}
