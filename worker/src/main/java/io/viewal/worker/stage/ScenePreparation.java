package io.viewal.worker.stage;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.viewal.contract.ArtifactRef;
import io.viewal.contract.ContractJson;
import io.viewal.contract.Fact;
import io.viewal.contract.PrepareParameters;
import io.viewal.worker.dataset.ClassPixels;
import io.viewal.worker.dataset.DatasetManifest.FileEntry;
import io.viewal.worker.dataset.LeftOut;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.dataset.SceneFile;
import io.viewal.worker.dataset.Split;
import io.viewal.worker.dataset.inspect.SuperpixelCeiling;
import io.viewal.worker.dataset.prepare.DatasetPreparer;
import io.viewal.worker.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntConsumer;

/**
 * Prepares scenes once: what a scene becomes is kept under the digest of what it is made of, for all data sets of the
 * namespace. So a preparation that was killed goes on with the next scene, a data set that has one scene more than another
 * prepares that one, and several workers may share a data set: two that prepare the same scene write the same bytes.
 */
final class ScenePreparation {

    /** What commits a scene. */
    static final String COMMIT = "scene.json";

    private final StageContext context;
    private final DatasetPreparer preparer;
    private final Preflight preflight;
    private final Map<String, Stored> scenes = new TreeMap<>();

    /**
     * What is kept of a scene beside its files, in {@code scene.json}, whose existence is the commit.
     *
     * @param files by {@link SceneFile#key()}, names relative to this file; none: the scene is left out
     * @param frames how many it has
     * @param labeledFrames names of those with a pixel of a class
     * @param classPixels of its label maps, by class id
     * @param finding of the check; null when its views were not compared
     * @param ceiling see {@link SuperpixelCeiling#sums()}; empty without labels
     * @param leftOut frames that could not be read
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Kept(
            Map<String, FileEntry> files,
            int frames,
            List<String> labeledFrames,
            Map<Integer, Long> classPixels,
            Preflight.Finding finding,
            Map<Integer, List<Long>> ceiling,
            List<LeftOut> leftOut) {}

    /**
     * A scene that is in the store.
     *
     * @param reused whether it was there before
     */
    private record Stored(String digest, Kept kept, boolean reused) {}

    ScenePreparation(StageContext context, DatasetPreparer preparer, PrepareParameters parameters) {
        this.context = context;
        this.preparer = preparer;
        this.preflight = new Preflight(parameters);
    }

    /**
     * Prepares a scene, or finds that it is in the store; does nothing when it has been asked to before.
     *
     * @param frameDone told how many frames are done, from several threads; what it throws ends the preparation
     * @throws io.viewal.worker.InvalidInputException when a frame is wrong, or the views do not agree and must
     */
    void prepare(String name, IntConsumer frameDone) throws IOException {
        if (scenes.containsKey(name)) {
            return;
        }
        String digest = preparer.digest(name);
        Optional<Kept> found = find(digest);
        Kept kept = found.isPresent() ? found.get() : make(name, digest, frameDone);
        if (kept.finding() != null) {
            preflight.add(kept.finding());
        }
        scenes.put(name, new Stored(digest, kept, found.isPresent()));
    }

    private Kept make(String name, String digest, IntConsumer frameDone) throws IOException {
        DatasetPreparer.Result made = preparer.prepare(name, context.output("scenes/" + name), frameDone);
        PreparedScene scene = made.scene();
        if (scene == null) {
            return commit(digest, new Kept(Map.of(), 0, List.of(), Map.of(), null, Map.of(), made.leftOut()));
        }
        Kept kept = commit(
                digest,
                new Kept(
                        files(digest, scene),
                        scene.frames().size(),
                        made.labeledFrames(),
                        made.classPixels().counts(),
                        preflight.find(scene).orElse(null),
                        ceiling(scene),
                        made.leftOut()));
        for (SceneFile file : present(scene)) {
            Files.delete(scene.path(file));
        }
        return kept;
    }

    private Kept commit(String digest, Kept kept) {
        context.store().put(key(digest, COMMIT), ContractJson.toBytes(kept));
        return kept;
    }

    /** Whether the scene is left out as a whole. */
    boolean isLeftOut(String scene) {
        return scenes.get(scene).kept().files().isEmpty();
    }

    /** How many frames a scene has. */
    int frames(String scene) {
        return scenes.get(scene).kept().frames();
    }

    /** Names of the frames that have labels, by scene. */
    Map<String, List<String>> labeledFrames() {
        Map<String, List<String>> labeled = new TreeMap<>();
        scenes.forEach((name, scene) -> labeled.put(name, scene.kept().labeledFrames()));
        return labeled;
    }

    /** How many of the scenes so far were there before. */
    long reused() {
        return scenes.values().stream().filter(Stored::reused).count();
    }

    /** What of the scenes so far could not be read, by scene; scenes that are whole are not in it. */
    SortedMap<String, List<LeftOut>> leftOut() {
        SortedMap<String, List<LeftOut>> leftOut = new TreeMap<>();
        scenes.forEach((name, scene) -> {
            if (!scene.kept().leftOut().isEmpty()) {
                leftOut.put(name, scene.kept().leftOut());
            }
        });
        return leftOut;
    }

    /** What the check found in the scenes so far, and what is odd about their labels. */
    Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>(preflight.facts());
        List<String> notes = labelNotes();
        if (!notes.isEmpty()) {
            facts.put(Fact.LABELS, String.join("; ", notes));
        }
        return facts;
    }

    private List<String> labelNotes() {
        ClassPixels pixels = new ClassPixels();
        scenes.values().forEach(scene -> pixels.add(scene.kept().classPixels()));
        List<String> notes = new ArrayList<>(pixels.notes(preparer.classes()));
        for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
            List<Kept> own = scenes.entrySet().stream()
                    .filter(scene -> preparer.splits().get(scene.getKey()) == split)
                    .map(scene -> scene.getValue().kept())
                    .toList();
            if (!own.isEmpty()
                    && own.stream().allMatch(kept -> kept.labeledFrames().isEmpty())) {
                notes.add("no frame of the " + split.key() + " split has labels, so that it has no metrics");
            }
        }
        return notes;
    }

    /** What their superpixels allow at most. */
    SuperpixelCeiling ceiling() {
        SuperpixelCeiling ceiling = new SuperpixelCeiling();
        scenes.values().forEach(scene -> ceiling.add(scene.kept().ceiling()));
        return ceiling;
    }

    /** A file of a scene. */
    ArtifactRef file(String scene, SceneFile file) {
        Stored stored = scenes.get(scene);
        FileEntry entry = stored.kept().files().get(file.key());
        return new ArtifactRef(key(stored.digest(), entry.name()), entry.bytes(), entry.sha256());
    }

    /** A scene's files as the manifest names them, which is {@code <namespace>/results/prepare/<digest>/<attempt>/manifest.json}. */
    Map<String, FileEntry> filesFromManifest(String scene) {
        Stored stored = scenes.get(scene);
        Map<String, FileEntry> files = new TreeMap<>();
        stored.kept()
                .files()
                .forEach((key, file) -> files.put(
                        key,
                        new FileEntry(
                                "../../../../scenes/" + stored.digest() + "/" + file.name(),
                                file.bytes(),
                                file.sha256())));
        return files;
    }

    /** One whose files somebody has removed counts as absent, and is made again. */
    private Optional<Kept> find(String digest) {
        ObjectStore store = context.store();
        return store.read(key(digest, COMMIT))
                .map(json -> ContractJson.read(json, Kept.class))
                .filter(kept -> {
                    String commit = key(digest, COMMIT);
                    Set<String> there = Set.copyOf(store.list(commit.substring(0, commit.lastIndexOf('/'))));
                    return kept.files().values().stream().allMatch(file -> there.contains(key(digest, file.name())));
                });
    }

    private Map<String, FileEntry> files(String digest, PreparedScene scene) throws IOException {
        Map<String, FileEntry> files = new TreeMap<>();
        for (SceneFile file : present(scene)) {
            ArtifactRef ref = context.store().putArtifact(key(digest, file.fileName()), scene.path(file));
            files.put(file.key(), new FileEntry(file.fileName(), ref.bytes(), ref.sha256()));
        }
        return files;
    }

    private static Set<SceneFile> present(PreparedScene scene) {
        Set<SceneFile> present = new TreeSet<>(List.of(SceneFile.values()));
        present.removeIf(file -> Files.notExists(scene.path(file)));
        return present;
    }

    private static Map<Integer, List<Long>> ceiling(PreparedScene scene) {
        SuperpixelCeiling ceiling = new SuperpixelCeiling();
        for (int frame = 0; scene.hasLabels() && frame < scene.frames().size(); frame++) {
            ceiling.add(scene.labels(frame), scene.superpixels(frame));
        }
        return ceiling.sums();
    }

    private String key(String digest, String file) {
        return context.request().layout().sceneKey(digest, file);
    }
}
