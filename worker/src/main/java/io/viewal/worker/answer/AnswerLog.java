package io.viewal.worker.answer;

import io.viewal.contract.ContractJson;
import io.viewal.contract.StoreKeys;
import io.viewal.worker.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What people answered to a selection, one object an answer, never rewritten:
 *
 * <pre>
 * &lt;prefix&gt;/&lt;region&gt;/&lt;annotator&gt;-00001.json    the first answer of an annotator to a region
 * &lt;prefix&gt;/&lt;region&gt;/&lt;annotator&gt;-00002.json    the one that took its place
 * </pre>
 *
 * with the first {@value #DIGITS} digits of the region's digest, and of the SHA-256 of the annotator's name. Each is written
 * by a conditional put, so that of two writers none loses an answer: whoever finds the number taken takes the next. An answer
 * that is sent again, as nobody knew whether it had arrived, is found by its id and not written twice. Safe for use by
 * several threads.
 */
public final class AnswerLog {

    static final int DIGITS = 16;

    private static final int READERS = 16;

    private final ObjectStore store;
    private final String prefix;
    private final TreeMap<String, Entry> entries = new TreeMap<>();

    /**
     * An answer where it lies.
     *
     * @param sequence of the annotator's answers to the region, from 1
     * @param answer null when the object is none
     * @param problem what keeps it from being one; null when it is one
     */
    public record Entry(String key, int sequence, Answer answer, String problem) {}

    /**
     * @param prefix the folder of the selection's answers, see {@link io.viewal.contract.StoreLayout#answersPrefix}
     */
    public AnswerLog(ObjectStore store, String prefix) {
        this.store = store;
        this.prefix = prefix;
    }

    /** Reads what others have added since the last time; all entries, by key. */
    public synchronized Collection<Entry> read() {
        List<String> fresh = store.list(prefix).stream()
                .filter(key -> !entries.containsKey(key))
                .toList();
        fetch(fresh).forEach(entry -> entries.put(entry.key(), entry));
        return List.copyOf(entries.values());
    }

    /** All entries that were read or added, by key. */
    public synchronized Collection<Entry> known() {
        return List.copyOf(entries.values());
    }

    /**
     * Adds an answer, unless one of its id is there.
     *
     * @throws io.viewal.worker.store.StoreUnavailableException when it can't be said whether it was added: add it again
     */
    public synchronized Entry add(Answer answer) {
        String folder = StoreKeys.join(prefix, answer.target().regionDigest().substring(0, DIGITS));
        String annotator = annotator(answer.annotator());
        byte[] json = ContractJson.toBytes(answer);
        for (int sequence = 1; ; sequence++) {
            String key = StoreKeys.join(folder, "%s-%05d.json".formatted(annotator, sequence));
            Entry there = entries.get(key);
            if (there == null) {
                if (store.putIfAbsent(key, json)) {
                    Entry added = new Entry(key, sequence, answer, null);
                    entries.put(key, added);
                    return added;
                }
                there = fetch(key);
                entries.put(key, there);
            }
            if (there.answer() != null && there.answer().id().equals(answer.id())) {
                return there;
            }
        }
    }

    private static String annotator(String name) {
        return ContractJson.sha256(name.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
    }

    private List<Entry> fetch(List<String> keys) {
        Map<String, Future<Entry>> reads = new HashMap<>();
        List<Entry> read = new ArrayList<>();
        try (ExecutorService readers =
                Executors.newFixedThreadPool(READERS, Thread.ofVirtual().factory())) {
            keys.forEach(key -> reads.put(key, readers.submit((Callable<Entry>) () -> fetch(key))));
            for (String key : keys) {
                read.add(reads.get(key).get());
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while answers were read", e);
        }
        return read;
    }

    private Entry fetch(String key) {
        byte[] json = store.read(key).orElse(new byte[0]);
        String name = key.substring(key.lastIndexOf('/') + 1);
        if (!name.matches("[0-9a-f]{" + DIGITS + "}-\\d{5,9}\\.json")) {
            return new Entry(key, 0, null, "has a name that no answer has");
        }
        int sequence = Integer.parseInt(name.substring(DIGITS + 1, name.indexOf('.')));
        try {
            Answer answer = ContractJson.read(json, Answer.class);
            return answer.version() > Answer.VERSION
                    ? new Entry(
                            key,
                            sequence,
                            null,
                            "is of version " + answer.version() + ", this worker reads " + Answer.VERSION
                                    + ": use a newer one")
                    : complete(key, sequence, answer);
        } catch (IllegalArgumentException e) {
            return new Entry(key, sequence, null, "is no answer (" + e.getMessage() + ")");
        }
    }

    private static Entry complete(String key, int sequence, Answer answer) {
        boolean whole = answer.id() != null
                && answer.annotator() != null
                && answer.at() != null
                && answer.effort() != null
                && answer.target() != null
                && answer.target().regionDigest() != null
                && answer.given() != null;
        if (!whole) {
            return new Entry(key, sequence, null, "lacks one of id, annotator, at, effort, target and given");
        }
        return answer.effort().clicks() >= 0
                        && answer.effort().seconds() >= 0
                        && Double.isFinite(answer.effort().seconds())
                ? new Entry(key, sequence, answer, null)
                : new Entry(key, sequence, null, "says that it took " + answer.effort());
    }
}
