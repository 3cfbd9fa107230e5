package io.viewal.worker.acquisition;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.npy.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Class probabilities that some model made of the frames of a scene: {@code <frame>.npy}, float16 or float32
 * [classes, height, width], all of one shape.
 */
public final class FramePredictions {

    private static final Set<String> TYPES = Set.of("<f2", "<f4");

    private final Path folder;
    private final List<String> frames;
    private final int[] shape;

    /**
     * Looks at the first frame's file.
     *
     * @throws InvalidInputException when a frame has none, or it is of another type or shape
     */
    public FramePredictions(Path folder, List<String> frames) throws IOException {
        this.folder = folder;
        this.frames = frames;
        for (String frame : frames) {
            requireFile(frame);
        }
        NpyFile first = NpyFile.open(file(frames.getFirst()));
        this.shape = first.shape();
        if (shape.length != 3 || shape[0] < 1 || shape[0] > 255 || shape[1] < 1 || shape[2] < 1) {
            throw invalid(
                    frames.getFirst(),
                    "has the shape " + Arrays.toString(shape)
                            + ", expected [classes, height, width] with 1 to 255 classes");
        }
    }

    /** The size of every frame. */
    public ImageSize size() {
        return new ImageSize(shape[2], shape[1]);
    }

    /** How many classes every frame has. */
    public int classes() {
        return shape[0];
    }

    /**
     * Copies all frames into a new volume.
     *
     * @param file a scratch file
     * @throws InvalidInputException when a frame has another shape, or a pixel's numbers are no probabilities
     */
    public ProbabilityVolume read(Path file) throws IOException {
        ProbabilityVolume volume = ProbabilityVolume.create(file, frames.size(), size().pixels(), shape[0]);
        boolean whole = false;
        try {
            copyTo(volume);
            whole = true;
            return volume;
        } finally {
            if (!whole) {
                volume.close();
            }
        }
    }

    /**
     * Copies all frames into a volume of their shape.
     *
     * @throws InvalidInputException when a frame has another shape, or a pixel's numbers are no probabilities
     */
    public void copyTo(ProbabilityVolume volume) throws IOException {
        for (int frame = 0; frame < frames.size(); frame++) {
            volume.put(frame, probabilities(frames.get(frame)), frames.get(frame));
        }
    }

    private float[] probabilities(String frame) throws IOException {
        NpyFile array = NpyFile.open(file(frame));
        if (!TYPES.contains(array.type())) {
            throw invalid(frame, "has elements of type " + array.type() + ", expected <f2 (float16) or <f4 (float32)");
        }
        if (!Arrays.equals(array.shape(), shape)) {
            throw invalid(
                    frame,
                    "has the shape " + Arrays.toString(array.shape()) + " but those of frame '" + frames.getFirst()
                            + "' have " + Arrays.toString(shape) + ": all frames need the same classes and size");
        }
        return array.floats(0, Math.toIntExact(array.size()));
    }

    private void requireFile(String frame) {
        if (!Files.isRegularFile(file(frame))) {
            throw invalid(
                    frame,
                    "is missing: every frame of the scene needs one, float16 or float32 [classes, height, width]");
        }
    }

    private Path file(String frame) {
        return folder.resolve(frame + ".npy");
    }

    private InvalidInputException invalid(String frame, String what) {
        return new InvalidInputException(
                Reason.InvalidDataset,
                "The probabilities of frame '" + frame + "', " + file(frame) + ": the file " + what);
    }
}
