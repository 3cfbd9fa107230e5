package io.viewal.worker.dataset;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.viewal.contract.ContractJson;
import io.viewal.contract.StageFailure;
import io.viewal.worker.InvalidInputException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code manifest.json} of a prepared data set: what it holds and the digest of every file. Equal data sets have equal
 * bytes.
 *
 * @param version of this format, {@value #VERSION}
 * @param classes class names in id order
 * @param width working width in pixels
 * @param height working height in pixels
 * @param scenes in name order
 * @param seedFrames frames of the train split to label before the first round, by scene and frame name
 */
public record DatasetManifest(
        int version, List<String> classes, int width, int height, List<SceneEntry> scenes, List<FrameRef> seedFrames) {

    public static final int VERSION = 1;

    /** Name of the file. */
    public static final String FILE = "manifest.json";

    public DatasetManifest {
        if (version != VERSION) {
            throw new IllegalArgumentException("version " + version + ", this worker reads " + VERSION);
        }
        classes = List.copyOf(classes);
        scenes = List.copyOf(scenes);
        seedFrames = List.copyOf(seedFrames);
    }

    /** The size of every frame. */
    @JsonIgnore
    public ImageSize size() {
        return new ImageSize(width, height);
    }

    /** The scenes of a split, in name order. */
    public List<SceneEntry> scenes(Split split) {
        return scenes.stream().filter(s -> s.split() == split).toList();
    }

    /** Frames of a split. */
    public int frames(Split split) {
        return scenes(split).stream().mapToInt(SceneEntry::frames).sum();
    }

    /** Pixels of the train split: what fractions of labels are of. */
    @JsonIgnore
    public long trainPixels() {
        return (long) frames(Split.TRAIN) * size().pixels();
    }

    /**
     * The scene of that name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public SceneEntry scene(String name) {
        return scenes.stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The data set has no scene '" + name + "'"));
    }

    /** The file's content. */
    public byte[] toBytes() {
        return ContractJson.toBytes(this);
    }

    /**
     * Reads the file's content.
     *
     * @throws InvalidInputException when it is not a manifest of this version
     */
    public static DatasetManifest read(byte[] json) {
        try {
            return ContractJson.read(json, DatasetManifest.class);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    StageFailure.Reason.CorruptArtifact,
                    "The data set's " + FILE + " can't be read (" + e.getMessage() + "): prepare the data set again",
                    e);
        }
    }

    /**
     * A scene and its files.
     *
     * @param files by {@link SceneFile#key()}
     */
    public record SceneEntry(String name, Split split, int frames, Map<String, FileEntry> files) {

        public SceneEntry {
            files = Collections.unmodifiableMap(new TreeMap<>(files));
        }

        /** The entry of a file, null when the scene has none. */
        public FileEntry file(SceneFile file) {
            return files.get(file.key());
        }

        /** True when at least one frame has labels. */
        public boolean hasLabels() {
            return files.containsKey(SceneFile.LABELS.key());
        }
    }

    /**
     * A file of the data set.
     *
     * @param name path relative to the manifest, with {@code /}; prepared scenes lie outside its folder, {@code ../} leads
     *     to them
     * @param sha256 lower-case hexadecimal
     */
    public record FileEntry(String name, long bytes, String sha256) {}

    /** A frame by name. */
    public record FrameRef(String scene, String frame) {}
}
