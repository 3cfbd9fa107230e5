package io.viewal.worker.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.viewal.contract.PrepareParameters;
import io.viewal.contract.StoreLocation;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.dataset.DatasetManifest.FileEntry;
import io.viewal.worker.dataset.DatasetManifest.FrameRef;
import io.viewal.worker.dataset.DatasetManifest.SceneEntry;
import io.viewal.worker.dataset.SceneFile;
import io.viewal.worker.dataset.Split;
import io.viewal.worker.dataset.interchange.TransformsScenes;
import io.viewal.worker.dataset.prepare.DatasetPreparer;
import io.viewal.worker.store.ObjectStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data set of 100,000 frames is listed and planned with a few requests a scene. */
class ManyScenesIT {

    private static final int SCENES = 1_000;
    private static final int FRAMES = 100;
    private static final int LABELED = 10;
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    @TempDir
    Path temp;

    /** Requests by the method and, of objects, their key. */
    private final Map<String, Integer> requests = new ConcurrentHashMap<>();

    private ObjectStore store;

    @BeforeEach
    void describeScenes() throws IOException {
        String description = IntStream.range(0, FRAMES)
                .mapToObj(ManyScenesIT::frame)
                .collect(Collectors.joining(",\n", "{\"classes\": [\"wall\", \"floor\"], \"frames\": [", "]}"));
        for (int scene = 0; scene < SCENES; scene++) {
            Path folder = Files.createDirectories(temp.resolve("store/scans/" + name(scene)));
            Files.writeString(folder.resolve("transforms.json"), description);
        }
        ObjectStore plain = ObjectStore.open(new StoreLocation("dir:" + temp.resolve("store"), "", "", ""), null);
        store = (ObjectStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    requests.merge(method.getName() + " " + arguments[0], 1, Integer::sum);
                    try {
                        return method.invoke(plain, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void aHundredThousandFramesAreListedByOneLookAtEachDescriptionAndPlannedByAnother() throws IOException {
        DatasetPreparer preparer = new DatasetPreparer(
                new TransformsScenes(new StoreSceneSource(store, "scans", "s3://bucket/scans")),
                parameters(),
                (scene, threshold, target) -> {});
        preparer.requireSeedFrames();
        List<String> names = List.copyOf(preparer.splits().keySet());

        assertThat(names).hasSize(SCENES).startsWith(name(0), name(1)).endsWith(name(SCENES - 1));
        assertThat(names).allSatisfy(name -> assertThat(preparer.frames(name)).isEqualTo(FRAMES));
        assertThat(preparer.classes()).containsExactly("wall", "floor");
        assertThat(opened()).hasSize(SCENES).containsOnly(1);
        // A table of colours is looked for beside each description.
        assertThat(requests).hasSize(2 * SCENES + 1);

        for (String name : names) {
            assertThat(preparer.digest(name)).hasSize(64);
        }
        assertThat(opened()).hasSize(SCENES);
        assertThat(opened().stream().mapToInt(Integer::intValue).max()).hasValue(2);
        assertThat(requests).hasSize(2 * SCENES + 1);
    }

    @Test
    void theirManifestHasAFewMegabytes() throws IOException {
        Map<String, FileEntry> files = new TreeMap<>();
        for (SceneFile file : SceneFile.values()) {
            files.put(
                    file.key(),
                    new FileEntry("../../../../scenes/" + DIGEST + "/" + file.fileName(), 1L << 30, DIGEST));
        }
        List<SceneEntry> scenes = IntStream.range(0, SCENES)
                .mapToObj(scene -> new SceneEntry(name(scene), Split.TRAIN, FRAMES, files))
                .toList();
        List<FrameRef> seeds = IntStream.range(0, SCENES)
                .mapToObj(scene -> new FrameRef(name(scene), "frame-00000"))
                .toList();
        DatasetManifest manifest =
                new DatasetManifest(DatasetManifest.VERSION, List.of("wall"), 320, 240, scenes, seeds);

        assertThat(manifest.toBytes().length).isLessThan(3 << 20);
    }

    /** How often each description was opened. */
    private List<Integer> opened() {
        Stream<Map.Entry<String, Integer>> opened =
                requests.entrySet().stream().filter(request -> request.getKey().matches("open .*/transforms.json"));
        return opened.map(Map.Entry::getValue).toList();
    }

    private static String name(int scene) {
        return "scene%04d_00".formatted(scene);
    }

    private static String frame(int number) {
        String name = "frame-%05d".formatted(number);
        String label = number < LABELED ? ", \"label_path\": \"labels/" + name + ".png\"" : "";
        String labelDigest = number < LABELED ? ", \"label_path\": \"" + DIGEST + "\"" : "";
        return ("{\"file_path\": \"images/%1$s.jpg\", \"depth_file_path\": \"depth/%1$s.png\"%2$s,"
                        + " \"fl_x\": 500, \"fl_y\": 500, \"cx\": 320, \"cy\": 240, \"w\": 640, \"h\": 480,"
                        + " \"sha256\": {\"file_path\": \"%3$s\", \"depth_file_path\": \"%3$s\"%4$s},"
                        + " \"transform_matrix\": [[1,0,0,0],[0,1,0,0],[0,0,1,0],[0,0,0,1]]}")
                .formatted(name, label, DIGEST, labelDigest);
    }

    private static PrepareParameters parameters() {
        return new PrepareParameters(null, null, null, 0, 0, null, null, null, null, null, null, null);
    }
}
