package io.viewal.worker.acquisition;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
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
 * [frames, height · width, stride], the classes of a pixel side by side. What is resident follows what is touched, not
 * the size of the scene. Frames may be written by several threads; reading starts when writing has ended.
 */
public final class ProbabilityVolume implements AutoCloseable {

    /** How far the probabilities of a pixel may be from summing to one. */
    public static final double SUM_TOLERANCE = 1e-2;

    private final Arena arena;
    private final MemorySegment data;
    private final int frames;
    private final int pixels;
    private final int classes;
    private final int stride;

    private ProbabilityVolume(Arena arena, MemorySegment data, int frames, int pixels, int classes) {
        this.arena = arena;
        this.data = data;
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
        long bytes = (long) frames * pixels * ProbabilityLayout.stride(classes) * Float.BYTES;
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            MemorySegment data = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
            return new ProbabilityVolume(arena, data, frames, pixels, classes);
        }
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

    /** The whole volume. */
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
        float[] row = new float[pixels * stride];
        for (int pixel = 0; pixel < pixels; pixel++) {
            float sum = 0;
            for (int c = 0; c < classes; c++) {
                float p = probabilities[c * pixels + pixel];
                if (!(p >= 0 && p <= 1 + SUM_TOLERANCE)) {
                    throw invalid(
                            name, "the value " + p + " for class " + c + " at pixel " + pixel + ", expected 0 to 1");
                }
                row[pixel * stride + c] = p;
                sum += p;
            }
            if (Math.abs(sum - 1) > SUM_TOLERANCE) {
                throw invalid(
                        name, "the sum " + sum + " at pixel " + pixel + ", expected 1: pass them through a softmax");
            }
        }
        MemorySegment.copy(row, 0, data, ValueLayout.JAVA_FLOAT, row(frame) * stride * Float.BYTES, row.length);
    }

    /** The probability of a class at a pixel. */
    public float get(int frame, int pixel, int c) {
        return data.getAtIndex(ValueLayout.JAVA_FLOAT, (row(frame) + pixel) * stride + c);
    }

    /** The most probable class of each pixel, the lower id on a tie: uint8 [height, width]. */
    public byte[] prediction(int frame) {
        byte[] best = new byte[pixels];
        for (int pixel = 0; pixel < pixels; pixel++) {
            int winner = 0;
            for (int c = 1; c < classes; c++) {
                if (get(frame, pixel, c) > get(frame, pixel, winner)) {
                    winner = c;
                }
            }
            best[pixel] = (byte) winner;
        }
        return best;
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
