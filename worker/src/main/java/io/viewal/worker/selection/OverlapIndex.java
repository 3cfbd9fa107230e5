package io.viewal.worker.selection;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How much of each superpixel of a scene each other superpixel covers: {@code overlap.bin}. Regions are numbered through
 * the scene: frame by frame, and by superpixel id within a frame.
 *
 * <p>Layout, little-endian:
 *
 * <pre>
 * byte[4]  "VOVL"
 * int32    version, 1
 * int32    frames F
 * int32[F] superpixels of each frame; their sum is the number of regions R
 * int32[R] pixels of each region
 * int32[R] entries of each region as the target; their sum is the number of entries N
 * int32[N] the source region of each entry, ascending within a target
 * int32[N] points of the source region that hit the target region
 * </pre>
 */
public final class OverlapIndex {

    private static final int MAGIC = 'V' | 'O' << 8 | 'V' << 16 | 'L' << 24;
    private static final int VERSION = 1;

    /** As many as the file can have and still be one array, beside eighteen million regions. */
    static final int MOST_ENTRIES = 250_000_000;

    private final int[] firstRegion;
    private final int[] pixels;
    private final int[] start;
    private final int[] sources;
    private final int[] points;

    /**
     * @param firstRegion int32 [frames + 1]: the first region of each frame
     * @param pixels int32 [regions]
     * @param start int32 [regions + 1]: the first entry of each target region
     * @param sources int32 [entries]: source regions, ascending within a target
     * @param points int32 [entries]: points of the source that hit the target
     */
    OverlapIndex(int[] firstRegion, int[] pixels, int[] start, int[] sources, int[] points) {
        this.firstRegion = firstRegion;
        this.pixels = pixels;
        this.start = start;
        this.sources = sources;
        this.points = points;
    }

    public int frames() {
        return firstRegion.length - 1;
    }

    /** Regions of the scene. */
    public int regions() {
        return pixels.length;
    }

    /** Superpixels of a frame. */
    public int superpixels(int frame) {
        return firstRegion[frame + 1] - firstRegion[frame];
    }

    /** The number of a superpixel in the scene. */
    public int region(int frame, int superpixel) {
        if (superpixel < 0 || superpixel >= superpixels(frame)) {
            throw new IndexOutOfBoundsException(
                    "Superpixel " + superpixel + " of frame " + frame + ", which has " + superpixels(frame));
        }
        return firstRegion[frame] + superpixel;
    }

    /** Pixels of a region. */
    public int pixels(int region) {
        return pixels[region];
    }

    /** Entries of the index. */
    public int entries() {
        return sources.length;
    }

    /**
     * Points of the source region that hit the target region, as a share of the target's pixels. It may exceed 1, since
     * several points can hit one pixel.
     */
    public double coverage(int target, int source) {
        int entry = Arrays.binarySearch(sources, start[target], start[target + 1], source);
        return entry < 0 ? 0 : (double) points[entry] / pixels[target];
    }

    /**
     * For each region the regions that it overlaps with, ascending: those of which it covers more than the threshold, or
     * that cover more than the threshold of it.
     */
    int[][] neighbours(double threshold) {
        int[] counts = new int[regions()];
        int[][] neighbours = new int[regions()][8];
        for (int target = 0; target < regions(); target++) {
            for (int e = start[target]; e < start[target + 1]; e++) {
                if ((double) points[e] / pixels[target] > threshold) {
                    add(neighbours, counts, target, sources[e]);
                    add(neighbours, counts, sources[e], target);
                }
            }
        }
        for (int region = 0; region < regions(); region++) {
            neighbours[region] = Arrays.stream(neighbours[region], 0, counts[region])
                    .sorted()
                    .distinct()
                    .toArray();
        }
        return neighbours;
    }

    /** For each region, ascending, those whose points cover more than the threshold of it. */
    int[][] covering(double threshold) {
        int[][] covering = new int[regions()][];
        for (int target = 0; target < regions(); target++) {
            int own = target;
            covering[target] = IntStream.range(start[target], start[target + 1])
                    .filter(e -> (double) points[e] / pixels[own] > threshold)
                    .map(e -> sources[e])
                    .toArray();
        }
        return covering;
    }

    private static void add(int[][] lists, int[] counts, int region, int other) {
        if (counts[region] == lists[region].length) {
            lists[region] = Arrays.copyOf(lists[region], counts[region] * 2);
        }
        lists[region][counts[region]++] = other;
    }

    /** Writes the file. */
    public void write(Path file) throws IOException {
        int f = frames();
        ByteBuffer out = ByteBuffer.allocate(4 * (3 + f + 2 * regions() + 2 * entries()))
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(MAGIC)
                .putInt(VERSION)
                .putInt(f);
        for (int frame = 0; frame < f; frame++) {
            out.putInt(superpixels(frame));
        }
        for (int size : pixels) {
            out.putInt(size);
        }
        for (int region = 0; region < regions(); region++) {
            out.putInt(start[region + 1] - start[region]);
        }
        for (int[] column : new int[][] {sources, points}) {
            out.asIntBuffer().put(column);
            out.position(out.position() + 4 * column.length);
        }
        Files.write(file, out.array());
    }

    /**
     * Reads a file.
     *
     * @throws InvalidInputException when it is not an overlap index of this version
     */
    public static OverlapIndex read(Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        try {
            if (in.getInt() != MAGIC || in.getInt() != VERSION) {
                throw corrupt(file, "does not begin with VOVL and version " + VERSION);
            }
            int[] firstRegion = cumulated(in, in.getInt());
            int[] pixels = ints(in, firstRegion[firstRegion.length - 1]);
            int[] start = cumulated(in, pixels.length);
            int[] sources = ints(in, start[pixels.length]);
            int[] points = ints(in, sources.length);
            if (in.hasRemaining()) {
                throw corrupt(file, "has " + in.remaining() + " bytes too many");
            }
            return new OverlapIndex(firstRegion, pixels, start, sources, points);
        } catch (java.nio.BufferUnderflowException | NegativeArraySizeException e) {
            throw corrupt(file, "is cut off");
        }
    }

    private static int[] ints(ByteBuffer in, int count) {
        if (count < 0 || (long) count * 4 > in.remaining()) {
            throw new java.nio.BufferUnderflowException();
        }
        int[] values = new int[count];
        in.asIntBuffer().get(values);
        in.position(in.position() + 4 * count);
        return values;
    }

    private static int[] cumulated(ByteBuffer in, int count) {
        int[] counts = ints(in, count);
        int[] sums = new int[count + 1];
        for (int i = 0; i < count; i++) {
            sums[i + 1] = sums[i] + counts[i];
        }
        return sums;
    }

    private static InvalidInputException corrupt(Path file, String why) {
        return new InvalidInputException(
                Reason.CorruptArtifact,
                "The overlap index " + file.getFileName() + " " + why + ": prepare the data set again");
    }
}
