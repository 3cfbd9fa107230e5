package io.viewal.worker.stage;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.artifact.LabelSet.FrameKey;
import io.viewal.worker.dataset.DatasetManifest.FrameRef;
import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.dataset.Split;
import io.viewal.worker.model.TrainingSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Frames of prepared scenes with labels, as the trainer reads them. */
public final class SceneFrames implements TrainingSet {

    /** Where a frame lies, and where its labels come from: the label set, or the scene's own when that is null. */
    private record Entry(PreparedScene scene, int frame, FrameKey key) {}

    private final List<Entry> entries;
    private final LabelSet labels;

    private SceneFrames(List<Entry> entries, LabelSet labels) {
        this.entries = entries;
        this.labels = labels;
    }

    /**
     * The frames that have labels in a label set, in scene and frame order.
     *
     * @throws InvalidInputException when the data set lacks one of them
     */
    public static SceneFrames labeled(DatasetScenes dataset, LabelSet labels) throws IOException {
        Map<String, PreparedScene> scenes = new HashMap<>();
        List<Entry> entries = new ArrayList<>();
        for (FrameKey key : labels.trainingFrames()) {
            PreparedScene scene = scenes.get(key.scene());
            if (scene == null) {
                scene = dataset.scene(key.scene());
                scenes.put(key.scene(), scene);
            }
            entries.add(new Entry(scene, index(scene, key.frame()), key));
        }
        return new SceneFrames(entries, labels);
    }

    /** All frames of a split's labeled scenes, with the data set's own labels. */
    public static SceneFrames of(DatasetScenes dataset, Split split) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (String name : dataset.scenes(split)) {
            if (dataset.hasLabels(name)) {
                PreparedScene scene = dataset.scene(name);
                for (int frame = 0; frame < scene.frames().size(); frame++) {
                    entries.add(new Entry(scene, frame, null));
                }
            }
        }
        return new SceneFrames(entries, null);
    }

    /** These frames with the data set's own labels. */
    public static SceneFrames of(DatasetScenes dataset, List<FrameRef> frames) throws IOException {
        Map<String, PreparedScene> scenes = new HashMap<>();
        List<Entry> entries = new ArrayList<>();
        for (FrameRef frame : frames) {
            PreparedScene scene = scenes.get(frame.scene());
            if (scene == null) {
                scene = dataset.scene(frame.scene());
                scenes.put(frame.scene(), scene);
            }
            entries.add(new Entry(scene, index(scene, frame.frame()), null));
        }
        return new SceneFrames(entries, null);
    }

    /** The index of a frame in its scene. */
    static int index(PreparedScene scene, String name) {
        List<Frame> frames = scene.frames();
        for (int i = 0; i < frames.size(); i++) {
            if (frames.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new InvalidInputException(
                Reason.InvalidLabels,
                "The scene '" + scene.name() + "' has no frame '" + name + "' that the label set speaks of: "
                        + "the labels are another data set's");
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public byte[] rgb(int index) {
        Entry entry = entries.get(index);
        return entry.scene().color(entry.frame());
    }

    @Override
    public byte[] labels(int index) {
        Entry entry = entries.get(index);
        return entry.key() == null ? entry.scene().labels(entry.frame()) : labels.trainingLabels(entry.key());
    }
}
