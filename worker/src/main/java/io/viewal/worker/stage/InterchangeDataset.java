package io.viewal.worker.stage;

import io.viewal.contract.PrepareParameters;
import io.viewal.worker.dataset.ClassPixels;
import io.viewal.worker.dataset.DatasetManifest.FrameRef;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.Split;
import io.viewal.worker.dataset.interchange.DirectorySceneSource;
import io.viewal.worker.dataset.interchange.TransformsScenes;
import io.viewal.worker.dataset.prepare.DatasetPreparer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A folder of scenes with a {@code transforms.json} each, prepared scene by scene when they are asked for. Splits, seed
 * frames and pixels are those that PREPARE makes of them; the views are not compared, and no overlap is measured. What a
 * scene became is kept under its digest, for the next time.
 */
public final class InterchangeDataset implements DatasetScenes {

    private final TransformsScenes source;
    private final DatasetPreparer preparer;
    private final Path folder;
    private final Listener listener;

    /** Follows the preparation of a scene, from several threads. */
    @FunctionalInterface
    public interface Listener {

        /** Called after each frame. */
        void frameDone(String scene, int done, int frames);
    }

    /**
     * Looks at the scenes, but not yet at their images.
     *
     * @param scenes the folder of folders
     * @param parameters size, splits and seed set; their source is not looked at
     * @param folder where prepared scenes are kept; made when the first one is
     * @throws io.viewal.worker.InvalidInputException when there is no scene, or they are not described as they must be
     */
    public InterchangeDataset(Path scenes, PrepareParameters parameters, Path folder, Listener listener)
            throws IOException {
        this.source = new TransformsScenes(new DirectorySceneSource(scenes));
        this.preparer = new DatasetPreparer(source, parameters, (scene, threshold, target) -> {});
        this.folder = folder;
        this.listener = listener;
    }

    @Override
    public List<String> classes() {
        return preparer.classes();
    }

    @Override
    public ImageSize size() {
        return preparer.size();
    }

    @Override
    public List<String> scenes(Split split) {
        return preparer.splits().entrySet().stream()
                .filter(scene -> scene.getValue() == split)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public boolean hasLabels(String scene) throws IOException {
        return !labeledFrames(scene).isEmpty();
    }

    @Override
    public PreparedScene scene(String name) throws IOException {
        if (!preparer.splits().containsKey(name)) {
            throw DatasetScenes.noScene(name);
        }
        Path target = folder.resolve(preparer.digest(name));
        if (Files.isDirectory(target)) {
            return PreparedScene.open(target);
        }
        int frames = preparer.frames(name);
        return preparer.prepare(name, target, done -> listener.frameDone(name, done, frames))
                .scene();
    }

    @Override
    public List<FrameRef> seedFrames() throws IOException {
        Map<String, List<String>> labeled = new TreeMap<>();
        for (String scene : scenes(Split.TRAIN)) {
            labeled.put(scene, framesWithClasses(scene));
        }
        return preparer.seedFrames(labeled);
    }

    /** Those of which a pixel has a class, as PREPARE finds them. */
    private List<String> framesWithClasses(String name) throws IOException {
        if (labeledFrames(name).isEmpty()) {
            return List.of();
        }
        PreparedScene scene = scene(name);
        List<String> frames = new ArrayList<>();
        for (int i = 0; i < scene.frames().size(); i++) {
            if (new ClassPixels().add(scene.labels(i))) {
                frames.add(scene.frames().get(i).name());
            }
        }
        return frames;
    }

    private List<String> labeledFrames(String name) throws IOException {
        try (SourceScene scene = source.open(name, size(), classes().size())) {
            List<String> frames = scene.frameNames();
            return new ArrayList<>(IntStream.range(0, frames.size())
                    .filter(scene::hasLabels)
                    .mapToObj(frames::get)
                    .toList());
        }
    }
}
