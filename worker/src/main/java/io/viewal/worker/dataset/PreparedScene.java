package io.viewal.worker.dataset;

import io.viewal.contract.StageFailure;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.npy.NpyFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A prepared scene on disk: the files of {@link SceneFile} in one folder, mapped into memory. Pages are read when they
 * are first touched and leave the heap alone, so a scene may be larger than memory. The mappings end when the object is
 * no longer reachable. The folder must not change meanwhile.
 */
public final class PreparedScene implements Scene {

    private final Path folder;
    private final String name;
    private final ImageSize size;
    private final List<Frame> frames;
    private final NpyFile color;
    private final NpyFile depth;
    private final NpyFile labels;
    private final NpyFile superpixels;

    private PreparedScene(Path folder, CamerasFile cameras) throws IOException {
        this.folder = folder;
        this.name = cameras.scene();
        this.size = cameras.size();
        this.frames = cameras.frames().stream().map(CamerasFile.Camera::frame).toList();
        int f = frames.size();
        int h = size.height();
        int w = size.width();
        this.color = NpyFile.open(path(SceneFile.COLOR)).require("|u1", f, h, w, 3);
        this.depth = NpyFile.open(path(SceneFile.DEPTH)).require("<f4", f, h, w);
        this.superpixels = NpyFile.open(path(SceneFile.SUPERPIXELS)).require("<u2", f, h, w);
        this.labels = Files.exists(path(SceneFile.LABELS))
                ? NpyFile.open(path(SceneFile.LABELS)).require("|u1", f, h, w)
                : null;
    }

    /**
     * Opens a folder that {@link PreparedSceneWriter} or a download made.
     *
     * @throws InvalidInputException (CorruptArtifact) when a file is missing, of another version, type or shape
     */
    public static PreparedScene open(Path folder) {
        try {
            byte[] json = Files.readAllBytes(folder.resolve(SceneFile.CAMERAS.fileName()));
            return new PreparedScene(folder, CamerasFile.read(json));
        } catch (IOException | IllegalArgumentException | InvalidInputException e) {
            throw new InvalidInputException(
                    StageFailure.Reason.CorruptArtifact,
                    "The prepared scene in " + folder + " can't be read (" + e + "): prepare the data set again",
                    e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ImageSize size() {
        return size;
    }

    @Override
    public List<Frame> frames() {
        return frames;
    }

    @Override
    public byte[] color(int frame) {
        return color.bytes(3 * first(frame), 3 * size.pixels());
    }

    @Override
    public MemorySegment depthInPlace(int frame) {
        return depth.inPlace(first(frame), size.pixels());
    }

    @Override
    public boolean hasLabels() {
        return labels != null;
    }

    @Override
    public byte[] labels(int frame) {
        if (labels != null) {
            return labels.bytes(first(frame), size.pixels());
        }
        byte[] none = new byte[size.pixels()];
        Arrays.fill(none, (byte) VoidLabel.ID);
        return none;
    }

    @Override
    public char[] superpixels(int frame) {
        return superpixels.chars(first(frame), size.pixels());
    }

    /** Where a file of the scene lies, whether it exists or not. */
    public Path path(SceneFile file) {
        return folder.resolve(file.fileName());
    }

    /** The first pixel of a frame in the arrays. */
    private long first(int frame) {
        return (long) Objects.checkIndex(frame, frames.size()) * size.pixels();
    }
}
