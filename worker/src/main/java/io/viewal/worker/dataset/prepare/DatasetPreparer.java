package io.viewal.worker.dataset.prepare;

import io.viewal.contract.ContractJson;
import io.viewal.contract.PrepareParameters;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ClassPixels;
import io.viewal.worker.dataset.DatasetManifest.FrameRef;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.LeftOut;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.SourceScenes;
import io.viewal.worker.dataset.Split;
import io.viewal.worker.dataset.VoidLabel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Prepares a data set scene by scene: frames at the working size, superpixels, overlap. What one scene becomes does not
 * depend on the others, and equal sources and parameters give equal bytes. Memory holds the names of all frames and the
 * pixels of one frame a core.
 */
public final class DatasetPreparer {

    /** To be raised when the same source and parameters give other bytes. */
    private static final int VERSION = 3;

    private static final int SMALLEST = 32;
    private static final int LARGEST = 4096;

    private final SourceScenes source;
    private final PrepareParameters parameters;
    private final ImageSize size;
    private final List<String> classes;
    private final Map<String, Split> splits;
    private final Map<String, Outline> outlines = new TreeMap<>();
    private final SceneBuilder builder;

    /**
     * Looks at the source, but not yet at its images.
     *
     * @throws InvalidInputException when the source's description, the size, the classes or the splits are wrong
     */
    public DatasetPreparer(SourceScenes source, PrepareParameters parameters, OverlapBuilder overlaps)
            throws IOException {
        this.source = source;
        this.parameters = parameters;
        this.size = new ImageSize(side("width", parameters.width()), side("height", parameters.height()));
        this.classes = classes(source, parameters);
        this.splits = SplitPlan.of(source.names(), parameters.splits());
        if (source.knowsFrames()) {
            for (String name : splits.keySet()) {
                outline(name);
            }
        }
        this.builder = new SceneBuilder(parameters, size, overlaps);
    }

    private void outline(String name) throws IOException {
        try (SourceScene scene = open(name)) {
            outlines.put(name, Outline.of(scene));
        } catch (InvalidInputException e) {
            requireSkipped(e);
        }
    }

    private SourceScene open(String name) throws IOException {
        return source.open(name, size, classes.size());
    }

    /** Leaves out what is wrong with the data itself, if asked to; nothing else. */
    private void requireSkipped(InvalidInputException fault) {
        boolean data = fault.reason() == Reason.InvalidDataset || fault.reason() == Reason.InvalidLabels;
        if (parameters.onError() == PrepareParameters.OnError.Fail || !data) {
            throw fault;
        }
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

    /** Whether it is known how many frames there are before they are prepared. */
    public boolean knowsFrames() {
        return source.knowsFrames();
    }

    /** Frames of a scene, as far as they are known before it is prepared. */
    public int frames(String scene) {
        return outlines.containsKey(scene) ? outlines.get(scene).frames() : 0;
    }

    /**
     * Fails when the train split has too few frames to label before the first round, as far as this is known before the
     * scenes are prepared.
     *
     * @throws InvalidInputException when it has
     */
    public void requireSeedFrames() {
        if (knowsFrames()) {
            Map<String, List<String>> labeled = new TreeMap<>();
            outlines.forEach((name, outline) -> labeled.put(name, outline.labeledFrames()));
            seedFrames(labeled);
        }
    }

    /**
     * The frames to label before the first round, in scene and frame order.
     *
     * @param labeled the frames that have labels, by scene
     * @throws InvalidInputException when the train split has too few of them
     */
    public List<FrameRef> seedFrames(Map<String, List<String>> labeled) {
        Map<String, List<String>> train = new TreeMap<>(labeled);
        train.keySet().removeIf(scene -> splits.get(scene) != Split.TRAIN);
        return SeedFrames.draw(train, parameters.seedSet());
    }

    /**
     * SHA-256 of all that decides what a scene becomes: its name and content, and the parameters that take part. Scenes of
     * equal digests are prepared to the same bytes, whatever else is in their data sets.
     */
    public String digest(String name) throws IOException {
        return ContractJson.sha256(ContractJson.toBytes(new Determinants(
                VERSION,
                name,
                sourceDigest(name),
                size,
                classes.size(),
                parameters.superpixels(),
                parameters.overlap(),
                parameters.preflight() != PrepareParameters.Preflight.Off,
                parameters.onError())));
    }

    /** A scene that can't be opened is known by what is wrong with it. */
    private String sourceDigest(String name) throws IOException {
        try (SourceScene scene = open(name)) {
            return scene.digest();
        } catch (InvalidInputException e) {
            requireSkipped(e);
            return e.getMessage();
        }
    }

    /**
     * What a scene has become.
     *
     * @param scene null: it is left out
     * @param labeledFrames names of its frames with a pixel of a class
     * @param classPixels of its label maps
     * @param leftOut frames that are not in it
     */
    public record Result(
            PreparedScene scene, List<String> labeledFrames, ClassPixels classPixels, List<LeftOut> leftOut) {

        private static Result of(SceneBuilder.Built built, List<LeftOut> leftOut) {
            return new Result(built.scene(), built.labeledFrames(), built.classPixels(), leftOut);
        }
    }

    /**
     * Prepares a scene, on all cores. Only one with a broken frame is read again to find all of them.
     *
     * @param folder of the scene; must not exist
     * @param frameDone called after each frame with how many of the scene's are done; from several threads. What it
     *     throws ends the preparation
     * @throws InvalidInputException when something is wrong and is to end the preparation; names the first such frame
     */
    public Result prepare(String name, Path folder, IntConsumer frameDone) throws IOException {
        try (SourceScene scene = open(name)) {
            return prepare(scene, folder, frameDone);
        } catch (InvalidInputException e) {
            requireSkipped(e);
            return new Result(null, List.of(), new ClassPixels(), List.of(LeftOut.scene(e.getMessage())));
        }
    }

    private Result prepare(SourceScene scene, Path folder, IntConsumer frameDone) throws IOException {
        try {
            return Result.of(builder.build(scene, folder, frameDone), scene.leftOut());
        } catch (InvalidInputException e) {
            requireSkipped(e);
        }
        ReadableFrames readable = ReadableFrames.of(scene);
        if (readable.scene().frames().isEmpty()) {
            throw new InvalidInputException(
                    Reason.InvalidDataset,
                    "No frame of scene '" + scene.name() + "' can be read: correct or remove it; the first: "
                            + readable.leftOut().getFirst().reason());
        }
        List<LeftOut> leftOut = new ArrayList<>(scene.leftOut());
        leftOut.addAll(readable.leftOut());
        leftOut.sort(Comparator.comparing(LeftOut::frame));
        return Result.of(builder.build(readable.scene(), folder, frameDone), leftOut);
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
