package io.viewal.worker.dataset.importer;

import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.SourceScenes;
import io.viewal.worker.dataset.importer.source.ForeignFrames;
import io.viewal.worker.dataset.importer.source.ForeignScene;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The scenes of a data set that has a layout of its own. Each is imported when its first frame is asked for and removed when
 * it is closed, so that the disk holds one at a time.
 */
public final class ImportedScenes implements SourceScenes {

    private final ForeignSource source;
    private final Path scratch;
    private final Runnable frameImported;
    private SortedMap<String, ForeignScene> scenes;
    private List<String> classes;

    /**
     * Looks at nothing yet.
     *
     * @param scratch where scenes lie for as long as they are read
     * @param frameImported called after each frame; what it throws ends the import
     */
    public ImportedScenes(ForeignSource source, Path scratch, Runnable frameImported) {
        this.source = source;
        this.scratch = scratch;
        this.frameImported = frameImported;
    }

    @Override
    public List<String> names() throws IOException {
        return List.copyOf(scenes().keySet());
    }

    private SortedMap<String, ForeignScene> scenes() throws IOException {
        if (scenes == null) {
            List<ForeignScene> found = source.format().scenes(source.path(), source.options());
            ImportRun.requireNames(found);
            scenes = new TreeMap<>();
            found.forEach(scene -> scenes.put(scene.name(), scene));
        }
        return scenes;
    }

    /** Those of the first scene that can be opened; the others are held to them when they are imported. */
    @Override
    public List<String> classes() throws IOException {
        if (classes == null) {
            classes = find();
        }
        return classes;
    }

    private List<String> find() throws IOException {
        InvalidInputException first = null;
        for (ForeignScene scene : scenes().values()) {
            try (ForeignFrames frames = scene.open()) {
                return frames.traits().classes();
            } catch (InvalidInputException e) {
                if (source.policy().onError() == OnError.FAIL) {
                    throw ImportedScene.in(scene.name(), e);
                }
                first = first == null ? ImportedScene.in(scene.name(), e) : first;
            }
        }
        throw first;
    }

    @Override
    public boolean knowsFrames() {
        return false;
    }

    @Override
    public SourceScene open(String name, ImageSize size, int count) throws IOException {
        ImportedScene.Target target = new ImportedScene.Target(scratch, size, count, classes, frameImported);
        return new ImportedScene(scenes().get(name), source, target);
    }
}
