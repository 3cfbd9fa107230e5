package io.viewal.worker.dataset;

import io.viewal.contract.StageFailure;
import io.viewal.worker.InvalidInputException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
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

    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfChar CHAR = ValueLayout.JAVA_CHAR_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path folder;
    private final String name;
    private final ImageSize size;
    private final List<Frame> frames;
    private final MemorySegment color;
    private final MemorySegment depth;
    private final MemorySegment labels;
    private final MemorySegment superpixels;

    private PreparedScene(Path folder, CamerasFile cameras) throws IOException {
        this.folder = folder;
        this.name = cameras.scene();
        this.size = cameras.size();
        this.frames = cameras.frames().stream().map(CamerasFile.Camera::frame).toList();
        long f = frames.size();
        long h = size.height();
        long w = size.width();
        this.color = map(SceneFile.COLOR, NpyType.UINT8, f, h, w, 3);
        this.depth = map(SceneFile.DEPTH, NpyType.FLOAT32, f, h, w);
        this.superpixels = map(SceneFile.SUPERPIXELS, NpyType.UINT16, f, h, w);
        this.labels = Files.exists(path(SceneFile.LABELS)) ? map(SceneFile.LABELS, NpyType.UINT8, f, h, w) : null;
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
        } catch (IOException | IllegalArgumentException e) {
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
        return bytes(color, frame, 3);
    }

    @Override
    public float[] depth(int frame) {
        float[] metres = new float[size.pixels()];
        MemorySegment.copy(depth, FLOAT, offset(frame, Float.BYTES), metres, 0, metres.length);
        return metres;
    }

    @Override
    public boolean hasLabels() {
        return labels != null;
    }

    @Override
    public byte[] labels(int frame) {
        if (labels != null) {
            return bytes(labels, frame, 1);
        }
        byte[] none = new byte[size.pixels()];
        Arrays.fill(none, (byte) VoidLabel.ID);
        return none;
    }

    @Override
    public char[] superpixels(int frame) {
        char[] ids = new char[size.pixels()];
        MemorySegment.copy(superpixels, CHAR, offset(frame, Character.BYTES), ids, 0, ids.length);
        return ids;
    }

    /** Where a file of the scene lies, whether it exists or not. */
    public Path path(SceneFile file) {
        return folder.resolve(file.fileName());
    }

    private byte[] bytes(MemorySegment array, int frame, int perPixel) {
        byte[] values = new byte[size.pixels() * perPixel];
        MemorySegment.copy(array, ValueLayout.JAVA_BYTE, offset(frame, perPixel), values, 0, values.length);
        return values;
    }

    private long offset(int frame, int bytesPerPixel) {
        return (long) Objects.checkIndex(frame, frames.size()) * size.pixels() * bytesPerPixel;
    }

    private MemorySegment map(SceneFile file, NpyType type, long... shape) throws IOException {
        return NpyArrays.map(path(file), type, shape);
    }
}
