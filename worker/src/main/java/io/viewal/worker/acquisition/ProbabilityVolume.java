package io.viewal.worker.acquisition;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.kernel.MostProbable;
import io.viewal.worker.kernel.ProbabilityLayout;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The predictions of all frames of a scene in a scratch file that is mapped into memory: float32
 * [frames, height · width, stride], the classes of a pixel side by side, and after them the most probable classes, uint8
 * [frames, height · width]. What is resident follows what is touched, not the size of the scene. Frames may be written by
 * several threads; reading starts when writing has ended.
 */
public final class ProbabilityVolume implements AutoCloseable {

    /** How far the probabilities of a pixel may be from summing to one. */
    public static final double SUM_TOLERANCE = 1e-2;

    /** Pixels that are reordered at a time: few enough for the first-level cache, in whole lines of it. */
    private static final int BLOCK = 64;

    private final Arena arena;
    private final MemorySegment data;
    private final MemorySegment mostProbable;
    private final int frames;
    private final int pixels;
    private final int classes;
    private final int stride;

    private ProbabilityVolume(Arena arena, MemorySegment file, int frames, int pixels, int classes) {
        long bytes = bytes(frames, pixels, classes);
        this.arena = arena;
        this.data = file.asSlice(0, bytes);
        this.mostProbable = file.asSlice(bytes);
        this.frames = frames;
        this.pixels = pixels;
        this.classes = classes;
        this.stride = ProbabilityLayout.stride(classes);
    }

    /**
     * Makes a volume of zeros.
     *
     * @param file a scratch file, overwritten
     * @param pixels of a frame
     */
    @SuppressWarnings("MustBeClosedChecker") // The arena lives as long as the volume, whose close() ends it.
    public static ProbabilityVolume create(Path file, int frames, int pixels, int classes) throws IOException {
        if ((long) frames * pixels > Integer.MAX_VALUE) {
            throw new InvalidInputException(
                    Reason.InvalidDataset,
                    frames + " frames of " + pixels + " pixels are too many for one scene: at most "
                            + Integer.MAX_VALUE / pixels + " frames; split the scene or sample its frames");
        }
        long bytes = bytes(frames, pixels, classes) + (long) frames * pixels;
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            MemorySegment mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
            return new ProbabilityVolume(arena, mapped, frames, pixels, classes);
        }
    }

    /** Of the probabilities alone. */
    private static long bytes(int frames, int pixels, int classes) {
        return (long) frames * pixels * ProbabilityLayout.stride(classes) * Float.BYTES;
    }

    public int frames() {
        return frames;
    }

    public int pixels() {
        return pixels;
    }

    public int classes() {
        return classes;
    }

    /** Floats a pixel. */
    public int stride() {
        return stride;
    }

    /** The probabilities of the whole volume. */
    public MemorySegment data() {
        return data;
    }

    /** Row of a frame's first pixel. */
    public long row(int frame) {
        return (long) frame * pixels;
    }

    /**
     * Writes a frame.
     *
     * @param probabilities float32 [classes, height, width]
     * @param name of the frame, for messages
     * @throws InvalidInputException when a probability is not in [0, 1] or a pixel's do not sum to one
     */
    public void put(int frame, float[] probabilities, String name) {
        if (probabilities.length != classes * pixels) {
            throw invalid(
                    name, probabilities.length + " numbers, expected " + classes + " classes x " + pixels + " pixels");
        }
        float[] block = new float[BLOCK * stride];
        for (int from = 0; from < pixels; from += BLOCK) {
            int count = Math.min(BLOCK, pixels - from);
            reorder(probabilities, from, count, block, name);
            long offset = (row(frame) + from) * stride * Float.BYTES;
            MemorySegment.copy(block, 0, data, ValueLayout.JAVA_FLOAT, offset, count * stride);
        }
        byte[] classOf = MostProbable.of(probabilities, classes);
        MemorySegment.copy(classOf, 0, mostProbable, ValueLayout.JAVA_BYTE, row(frame), pixels);
    }

    /** Puts the classes of some pixels side by side and looks at their values. */
    private void reorder(float[] probabilities, int from, int count, float[] block, String name) {
        float[] sums = new float[count];
        for (int c = 0; c < classes; c++) {
            int plane = c * pixels + from;
            for (int i = 0; i < count; i++) {
                float p = probabilities[plane + i];
                if (!(p >= 0 && p <= 1 + SUM_TOLERANCE)) {
                    throw invalid(
                            name,
                            "the value " + p + " for class " + c + " at pixel " + (from + i) + ", expected 0 to 1");
                }
                block[i * stride + c] = p;
                sums[i] += p;
            }
        }
        for (int i = 0; i < count; i++) {
            if (Math.abs(sums[i] - 1) > SUM_TOLERANCE) {
                throw invalid(
                        name,
                        "the sum " + sums[i] + " at pixel " + (from + i) + ", expected 1: pass them through a softmax");
            }
        }
    }

    /** The probability of a class at a pixel. */
    public float get(int frame, int pixel, int c) {
        return data.getAtIndex(ValueLayout.JAVA_FLOAT, (row(frame) + pixel) * stride + c);
    }

    /** The most probable class of each pixel, the lower id on a tie: uint8 [height, width]. */
    public byte[] prediction(int frame) {
        return mostProbable.asSlice(row(frame), pixels).toArray(ValueLayout.JAVA_BYTE);
    }

    @Override
    public void close() {
        arena.close();
    }

    private static InvalidInputException invalid(String name, String what) {
        return new InvalidInputException(
                Reason.InvalidDataset, "The probabilities of frame '" + name + "' have " + what);
    }
}
