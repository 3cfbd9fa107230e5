package io.viewal.worker.reclaim;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.Owner;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.StoreKeys;
import io.viewal.contract.StoreLayout;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.store.ObjectStore;
import io.viewal.worker.store.ObjectStore.Stored;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What of a namespace nobody uses: results without a reference, what failed attempts left beside committed ones, and prepared
 * scenes that no data set names. What was changed lately is left alone, with all that lies in the same folder.
 */
public final class Garbage {

    private final ObjectStore store;
    private final String folder;
    private final Predicate<Owner> counts;
    private final Instant before;

    /**
     * @param folder of the namespace
     * @param counts whether an owner that refers to a result is still there
     * @param before what was changed after this is left alone
     */
    public Garbage(ObjectStore store, String folder, Predicate<Owner> counts, Instant before) {
        this.store = store;
        this.folder = folder;
        this.counts = counts;
        this.before = before;
    }

    /**
     * Objects that belong together.
     *
     * @param key of their folder
     * @param objects in the order in which they are deleted
     */
    public record Heap(String key, List<Stored> objects) {

        /** Their size. */
        public long bytes() {
            return objects.stream().mapToLong(Stored::bytes).sum();
        }
    }

    /** Finds it, by folder. */
    public List<Heap> find() {
        List<Heap> heaps = new ArrayList<>();
        Set<String> usedScenes = new HashSet<>();
        boolean preparing = false;
        for (ResultFolder result : results()) {
            boolean recent = result.changedSince(before);
            boolean used = recent || result.usedBy(counts);
            if (used && result.key().contains("/results/prepare/")) {
                preparing |= result.results().isEmpty();
                result.results()
                        .forEach(committed ->
                                usedScenes.addAll(scenes(committed.artifacts().get(RoundRequests.DATASET))));
            }
            if (!recent) {
                heaps.add(new Heap(result.key(), used ? result.leftovers(counts) : result.all()));
            }
        }
        // Scenes of a data set that is being prepared are named by no manifest yet.
        if (!preparing) {
            heaps.addAll(unusedScenes(usedScenes));
        }
        heaps.removeIf(heap -> heap.objects().isEmpty());
        return heaps;
    }

    /** Deletes a heap, unless somebody has begun to use what was found unused: then it deletes nothing. */
    public boolean delete(Heap heap) {
        boolean whole = heap.objects().stream().anyMatch(object -> StoreLayout.isResultKey(object.key()));
        if (whole && folder(heap.key()).usedBy(counts)) {
            return false;
        }
        heap.objects().forEach(object -> store.delete(object.key()));
        return true;
    }

    private ResultFolder folder(String key) {
        return new ResultFolder(key, store.objects(key), store);
    }

    private List<ResultFolder> results() {
        return grouped("results", 2).entrySet().stream()
                .map(group -> new ResultFolder(group.getKey(), group.getValue(), store))
                .toList();
    }

    private List<Heap> unusedScenes(Set<String> used) {
        return grouped("scenes", 1).entrySet().stream()
                .filter(scene -> !used.contains(scene.getKey()))
                .filter(scene -> scene.getValue().stream()
                        .noneMatch(object -> object.modified().isAfter(before)))
                .map(scene -> new Heap(scene.getKey(), commitFirst(scene.getValue())))
                .toList();
    }

    private static List<Stored> commitFirst(List<Stored> scene) {
        List<Stored> ordered = new ArrayList<>(scene);
        ordered.sort((a, b) ->
                Boolean.compare(b.key().endsWith("/scene.json"), a.key().endsWith("/scene.json")));
        return ordered;
    }

    /** The folders of the scenes that a data set names. */
    private Set<String> scenes(ArtifactRef manifest) {
        if (manifest == null) {
            return Set.of();
        }
        String place = manifest.key().substring(0, manifest.key().lastIndexOf('/') + 1);
        return DatasetManifest.read(store.fetch(manifest)).scenes().stream()
                .flatMap(scene -> scene.files().values().stream())
                .map(file -> URI.create(place + file.name()).normalize().toString())
                .map(key -> key.substring(0, key.lastIndexOf('/')))
                .collect(Collectors.toSet());
    }

    /** The objects below a folder by the first parts of their keys there. */
    private Map<String, List<Stored>> grouped(String name, int parts) {
        String start = StoreKeys.join(folder, name);
        Map<String, List<Stored>> groups = new TreeMap<>();
        for (Stored object : store.objects(start)) {
            String[] path = object.key().substring(start.length() + 1).split("/");
            if (path.length > parts) {
                String key = start + "/" + String.join("/", List.of(path).subList(0, parts));
                groups.computeIfAbsent(key, k -> new ArrayList<>()).add(object);
            }
        }
        return groups;
    }
}
