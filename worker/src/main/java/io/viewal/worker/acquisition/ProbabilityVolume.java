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
 * The predictions of all frames of a scene in a scratch file that is mapped into memory: a row
 * for each pixel as {@link ProbabilityLayout} has it, and after them the most probable classes, uint8
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
    private final ProbabilityLayout layout;

    private ProbabilityVolume(Arena arena, MemorySegment file, int frames, int pixels, ProbabilityLayout layout) {
        long bytes = bytes(frames, pixels, layout);
        this.arena = arena;
        this.data = file.asSlice(0, bytes);
        this.mostProbable = file.asSlice(bytes);
        this.frames = frames;
        this.pixels = pixels;
        this.layout = layout;
    }

    /**
     * Makes a volume.
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
        ProbabilityLayout layout = ProbabilityLayout.of(classes);
        long bytes = bytes(frames, pixels, layout) + (long) frames * pixels;
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            MemorySegment mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
            return new ProbabilityVolume(arena, mapped, frames, pixels, layout);
        }
    }

    /** Of the probabilities alone. */
    private static long bytes(int frames, int pixels, ProbabilityLayout layout) {
        return (long) frames * pixels * layout.rowBytes() + ProbabilityLayout.MARGIN;
    }

    public int frames() {
        return frames;
    }

    public int pixels() {
        return pixels;
    }

    public int classes() {
        return layout.classes();
    }

    public ProbabilityLayout layout() {
        return layout;
    }

    /** The rows of the whole volume. */
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
        int classes = layout.classes();
        if (probabilities.length != classes * pixels) {
            throw invalid(
                    name, probabilities.length + " numbers, expected " + classes + " classes x " + pixels + " pixels");
        }
        byte[] rows = new byte[BLOCK * layout.rowBytes()];
        pad(rows);
        for (int from = 0; from < pixels; from += BLOCK) {
            int count = Math.min(BLOCK, pixels - from);
            reorder(probabilities, from, count, rows, name);
            long offset = (row(frame) + from) * layout.rowBytes();
            MemorySegment.copy(rows, 0, data, ValueLayout.JAVA_BYTE, offset, count * layout.rowBytes());
        }
        byte[] classOf = MostProbable.of(probabilities, classes);
        MemorySegment.copy(classOf, 0, mostProbable, ValueLayout.JAVA_BYTE, row(frame), pixels);
    }

    /** Makes the probabilities of no class 0. */
    private void pad(byte[] rows) {
        for (int i = 0; i < BLOCK; i++) {
            for (int c = layout.classes(); c < layout.stride(); c++) {
                layout.put(rows, i, c, 0);
            }
        }
    }

    /** Puts the classes of some pixels side by side and looks at their values. */
    private void reorder(float[] probabilities, int from, int count, byte[] rows, String name) {
        double[] sums = new double[count];
        double[] kept = new double[count];
        for (int c = 0; c < layout.classes(); c++) {
            int plane = c * pixels + from;
            for (int i = 0; i < count; i++) {
                float p = probabilities[plane + i];
                if (!(p >= 0 && p <= 1 + SUM_TOLERANCE)) {
                    throw invalid(
                            name,
                            "the value " + p + " for class " + c + " at pixel " + (from + i) + ", expected 0 to 1");
                }
                sums[i] += p;
                kept[i] += layout.put(rows, i, c, p);
            }
        }
        for (int i = 0; i < count; i++) {
            layout.putLack(rows, i, sums[i], kept[i]);
            if (Math.abs(sums[i] - 1) > SUM_TOLERANCE) {
                throw invalid(
                        name,
                        "the sum " + (float) sums[i] + " at pixel " + (from + i)
                                + ", expected 1: pass them through a softmax");
            }
        }
    }

    /** The probability of a class at a pixel, as it is kept. */
    public float get(int frame, int pixel, int c) {
        return layout.get(data, row(frame) + pixel, c);
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
