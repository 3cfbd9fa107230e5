package io.viewal.worker.kernel;

import java.util.Arrays;

/** A growing list of points and the target pixels that they hit, in the order in which they were found. */
public final class Hits {

    /** Entries that there is room for after the first. */
    private static final int LEAST = 1 << 16;

    private int[] points = new int[0];
    private int[] pixels = new int[0];
    private int count;
    private int firstPoint;
    private final Candidates candidates = new Candidates();

    /** Forgets all hits and keeps the memory. */
    public void clear() {
        count = 0;
    }

    /** What is added to the source pixels of the hits to come: the row of their frame's first pixel, for example. */
    public void startFrame(int first) {
        firstPoint = first;
    }

    /**
     * Adds that each pixel hits itself.
     *
     * @param width of the frame, in pixels
     * @param depth of the block: float32 [block.rows, block.columns], metres
     * @param unknown whether those of unknown depth do too
     */
    public void addItself(PixelBlock block, int width, float[] depth, boolean unknown) {
        reserve(block.size());
        int target = 0;
        for (int row = block.fromRow(); row < block.toRow(); row++) {
            for (int column = block.fromColumn(); column < block.toColumn(); column++, target++) {
                points[count] = firstPoint + row * width + column;
                pixels[count] = target;
                count += unknown || depth[target] > 0 && depth[target] < Float.POSITIVE_INFINITY ? 1 : 0;
            }
        }
    }

    public int count() {
        return count;
    }

    /** Source pixels, each with its frame's first; longer than {@link #count()}. */
    public int[] points() {
        return points;
    }

    /** Target pixels: row · columns + column in the target block; longer than {@link #count()}. */
    public int[] pixels() {
        return pixels;
    }

    int firstPoint() {
        return firstPoint;
    }

    /** Room for a projection's own use. */
    Candidates candidates() {
        return candidates;
    }

    /** Makes room for this many more. */
    void reserve(int more) {
        if (count + more > points.length) {
            int capacity = Math.max(count + more, Math.max(LEAST, 2 * points.length));
            points = Arrays.copyOf(points, capacity);
            pixels = Arrays.copyOf(pixels, capacity);
        }
    }

    /** Sets the count after entries were written into the arrays. */
    void count(int newCount) {
        count = newCount;
    }
}
