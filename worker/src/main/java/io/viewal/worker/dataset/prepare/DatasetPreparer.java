package io.viewal.worker.dataset.prepare;

import io.viewal.contract.ContractJson;
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
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.dataset.superpixel.RegionIds;
import io.viewal.worker.dataset.superpixel.SeedsSuperpixels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Prepares a data set scene by scene: frames at the working size, superpixels, overlap. What one scene becomes does not
 * depend on the others, and equal sources and parameters give equal bytes. Memory holds the names of all frames and the
 * pixels of one frame a core.
 */
public final class DatasetPreparer {

    /** To be raised when the same source and parameters give other bytes. */
    private static final int VERSION = 1;

    private static final int SMALLEST = 32;
    private static final int LARGEST = 4096;

    private final SourceScenes source;
    private final PrepareParameters parameters;
    private final OverlapBuilder overlaps;
    private final ImageSize size;
    private final List<String> classes;
    private final Map<String, Split> splits;
    private final Map<String, Outline> outlines = new TreeMap<>();
    private final SeedsSuperpixels superpixels;

    /**
     * Looks at the source, but not yet at its images.
     *
     * @throws InvalidInputException when the source's description, the size, the classes or the splits are wrong
     */
    public DatasetPreparer(SourceScenes source, PrepareParameters parameters, OverlapBuilder overlaps)
            throws IOException {
        this.source = source;
        this.parameters = parameters;
        this.overlaps = overlaps;
        this.size = new ImageSize(side("width", parameters.width()), side("height", parameters.height()));
        this.classes = classes(source, parameters);
        this.splits = SplitPlan.of(source.names(), parameters.splits());
        for (String name : splits.keySet()) {
            outlines.put(name, Outline.of(source.open(name, size, classes.size())));
        }
        this.superpixels = new SeedsSuperpixels(
                size, parameters.superpixels().count(), parameters.superpixels().iterations());
    }

    private static int side(String name, int pixels) {
        if (pixels < SMALLEST || pixels > LARGEST) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "The data set's " + name + " is " + pixels + " pixels, expected " + SMALLEST + " to " + LARGEST);
        }
        return pixels;
    }

    private static List<String> classes(SourceScenes source, PrepareParameters parameters) throws IOException {
        List<String> classes = parameters.classes().isEmpty() ? source.classes() : parameters.classes();
        if (classes.isEmpty() || classes.size() > VoidLabel.ID) {
            throw new InvalidInputException(
                    Reason.InvalidDataset,
                    "The data set has " + classes.size() + " classes, expected 1 to " + VoidLabel.ID
                            + ": list them in spec.classes, or in the 'classes' of each scene's transforms.json");
        }
        HashSet<String> seen = new HashSet<>();
        for (String name : classes) {
            if (name == null || name.isBlank() || !seen.add(name)) {
                throw new InvalidInputException(
                        Reason.InvalidDataset,
                        "The class list has the name '" + name + "' twice or blank: expected different names");
            }
        }
        return classes;
    }

    /** Of every prepared frame. */
    public ImageSize size() {
        return size;
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
        return outlines.get(scene).frames();
    }

    /**
     * The frames to label before the first round, in scene and frame order.
     *
     * @throws InvalidInputException when the train split has too few frames with labels
     */
    public List<FrameRef> seedFrames() {
        return seedFrames(Map.of());
    }

    /** As above, of other frames than these, by scene. */
    public List<FrameRef> seedFrames(Map<String, List<LeftOut>> leftOut) {
        Map<String, List<String>> labeled = new TreeMap<>();
        splits.forEach((name, split) -> {
            if (split == Split.TRAIN) {
                Set<String> gone = leftOut.getOrDefault(name, List.of()).stream()
                        .map(LeftOut::frame)
                        .collect(Collectors.toSet());
                labeled.put(
                        name,
                        outlines.get(name).labeledFrames().stream()
                                .filter(frame -> !gone.contains(frame))
                                .toList());
            }
        });
        return SeedFrames.draw(labeled, parameters.seedSet());
    }

    /**
     * SHA-256 of all that decides what a scene becomes: its name and content, and the parameters that take part. Scenes of
     * equal digests are prepared to the same bytes, whatever else is in their data sets.
     */
    public String digest(String name) throws IOException {
        return ContractJson.sha256(ContractJson.toBytes(new Determinants(
                VERSION,
                name,
                source.open(name, size, classes.size()).digest(),
                size,
                classes.size(),
                parameters.superpixels(),
                parameters.overlap(),
                parameters.preflight() != PrepareParameters.Preflight.Off,
                parameters.onError())));
    }

    /**
     * What a scene has become.
     *
     * @param leftOut frames that are not in it
     */
    public record Result(PreparedScene scene, List<LeftOut> leftOut) {}

    /**
     * Prepares a scene, on all cores. Only one with a broken frame is read again to find all of them.
     *
     * @param folder of the scene; must not exist
     * @param frameDone called after each frame with how many of the scene's are done; from several threads. What it
     *     throws ends the preparation
     * @throws InvalidInputException when a frame is wrong and is to end the preparation (names the first such frame), or
     *     none is left
     */
    public Result prepare(String name, Path folder, IntConsumer frameDone) throws IOException {
        SourceScene scene = source.open(name, size, classes.size());
        try {
            return new Result(prepare(scene, folder, frameDone), List.of());
        } catch (InvalidInputException e) {
            if (parameters.onError() == PrepareParameters.OnError.Fail) {
                throw e;
            }
        }
        ReadableFrames readable = ReadableFrames.of(scene);
        if (readable.scene().frames().isEmpty()) {
            throw new InvalidInputException(
                    Reason.InvalidDataset,
                    "No frame of scene '" + name + "' can be read: correct or remove it; the first: "
                            + readable.leftOut().getFirst().reason());
        }
        return new Result(prepare(readable.scene(), folder, frameDone), readable.leftOut());
    }

    private PreparedScene prepare(SourceScene scene, Path folder, IntConsumer frameDone) throws IOException {
        int frames = scene.frameNames().size();
        boolean labels = IntStream.range(0, frames).anyMatch(scene::hasLabels);
        AtomicInteger done = new AtomicInteger();
        try (PreparedSceneWriter writer = new PreparedSceneWriter(folder, scene.name(), size, frames, labels)) {
            FrameTasks.run(frames, frame -> {
                writer.write(frame, prepared(scene.read(frame)));
                frameDone.accept(done.incrementAndGet());
            });
            PreparedScene prepared = writer.finish();
            overlaps.build(prepared, parameters.overlap().distanceThreshold(), prepared.path(SceneFile.OVERLAP));
            return prepared;
        }
    }

    /** Regions that the source brings are kept, renumbered from 0. */
    private PreparedFrame prepared(SourceFrame frame) {
        char[] regions = frame.superpixels();
        if (regions == null) {
            regions = superpixels.compute(frame.color());
        } else {
            RegionIds.compact(regions);
        }
        return new PreparedFrame(frame.frame(), frame.color(), frame.depth(), frame.labels(), regions);
    }

    private record Determinants(
            int version,
            String name,
            String source,
            ImageSize size,
            int classes,
            PrepareParameters.Superpixels superpixels,
            PrepareParameters.Overlap overlap,
            boolean compared,
            PrepareParameters.OnError onError) {}

    /**
     * What is kept of a scene from the first look to its turn.
     *
     * @param frames number of frames
     * @param labeledFrames names of those with a label map
     */
    private record Outline(int frames, List<String> labeledFrames) {

        static Outline of(SourceScene scene) {
            List<String> names = scene.frameNames();
            return new Outline(
                    names.size(),
                    IntStream.range(0, names.size())
                            .filter(scene::hasLabels)
                            .mapToObj(names::get)
                            .toList());
        }
    }
}
