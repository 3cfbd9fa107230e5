package io.viewal.worker.dataset.prepare;

import io.viewal.contract.PrepareParameters;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.DatasetManifest.FrameRef;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.PreparedFrame;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.dataset.PreparedSceneWriter;
import io.viewal.worker.dataset.SceneFile;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.SourceScenes;
import io.viewal.worker.dataset.Split;
import io.viewal.worker.dataset.superpixel.SeedsSuperpixels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Prepares a data set scene by scene: frames at the working size, superpixels, overlap. What one scene becomes does not
 * depend on the others, and equal sources and parameters give equal bytes.
 */
public final class DatasetPreparer {

    private final PrepareParameters parameters;
    private final OverlapBuilder overlaps;
    private final ImageSize size;
    private final List<String> classes;
    private final Map<String, Split> splits;
    private final Map<String, SourceScene> scenes = new TreeMap<>();

    /**
     * Looks at the source, but not yet at its images.
     *
     * @throws InvalidInputException when the source's description, the classes or the splits are wrong
     */
    public DatasetPreparer(SourceScenes source, PrepareParameters parameters, OverlapBuilder overlaps)
            throws IOException {
        this.parameters = parameters;
        this.overlaps = overlaps;
        this.size = new ImageSize(parameters.width(), parameters.height());
        this.classes = classes(source, parameters);
        this.splits = SplitPlan.of(source.names(), parameters.splits());
        for (String name : splits.keySet()) {
            scenes.put(name, source.open(name, size, classes.size()));
        }
    }

    private static List<String> classes(SourceScenes source, PrepareParameters parameters) throws IOException {
        List<String> classes = parameters.classes().isEmpty() ? source.classes() : parameters.classes();
        if (classes.isEmpty() || classes.size() > 255) {
            throw new InvalidInputException(
                    Reason.InvalidDataset,
                    "The data set has " + classes.size() + " classes, expected 1 to 255: list them in spec.classes, or "
                            + "in the 'classes' of each scene's transforms.json");
        }
        return classes;
    }

    /** Class names in id order. */
    public List<String> classes() {
        return classes;
    }

    /** The split of each scene, in name order. */
    public Map<String, Split> splits() {
        return splits;
    }

    /** Frames of a scene. */
    public int frames(String scene) {
        return scenes.get(scene).frameNames().size();
    }

    /** The frames to label before the first round, in scene and frame order. */
    public List<FrameRef> seedFrames() {
        Map<String, List<String>> labeled = new TreeMap<>();
        splits.forEach((name, split) -> {
            if (split == Split.TRAIN) {
                SourceScene scene = scenes.get(name);
                labeled.put(
                        name,
                        IntStream.range(0, scene.frameNames().size())
                                .filter(scene::hasLabels)
                                .mapToObj(scene.frameNames()::get)
                                .toList());
            }
        });
        return SeedFrames.draw(labeled, parameters.seedSet());
    }

    /**
     * Prepares a scene.
     *
     * @param folder of the scene; must not exist
     * @param frameDone called after each frame with how many of the scene's are done
     * @throws InvalidInputException when a frame is wrong; names it
     */
    public PreparedScene prepare(String name, Path folder, IntConsumer frameDone) throws IOException {
        SourceScene scene = scenes.get(name);
        int frames = scene.frameNames().size();
        boolean labels = IntStream.range(0, frames).anyMatch(scene::hasLabels);
        try (PreparedSceneWriter writer = new PreparedSceneWriter(folder, name, size, frames, labels)) {
            AtomicInteger next = new AtomicInteger();
            AtomicInteger done = new AtomicInteger();
            inParallel(() -> {
                SeedsSuperpixels seeds = new SeedsSuperpixels(
                        size,
                        parameters.superpixels().count(),
                        parameters.superpixels().iterations());
                for (int i = next.getAndIncrement(); i < frames; i = next.getAndIncrement()) {
                    writer.write(i, prepared(scene.read(i), seeds));
                    frameDone.accept(done.incrementAndGet());
                }
                return null;
            });
            PreparedScene prepared = writer.finish();
            overlaps.build(prepared, parameters.overlap().distanceThreshold(), prepared.path(SceneFile.OVERLAP));
            return prepared;
        }
    }

    private static PreparedFrame prepared(SourceFrame frame, SeedsSuperpixels seeds) {
        char[] superpixels = frame.superpixels() != null ? frame.superpixels() : seeds.compute(frame.color());
        return new PreparedFrame(frame.frame(), frame.color(), frame.depth(), frame.labels(), superpixels);
    }

    private static void inParallel(java.util.concurrent.Callable<Void> work) throws IOException {
        int threads = Runtime.getRuntime().availableProcessors();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<Void>> running = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                running.add(executor.submit(work));
            }
            for (Future<Void> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                default -> throw new IllegalStateException(e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while preparing", e);
        }
    }
}
