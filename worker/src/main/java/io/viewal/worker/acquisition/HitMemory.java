package io.viewal.worker.acquisition;

import java.util.ArrayList;
import java.util.List;

/**
 * Room for the hits of many blocks, used again and again: numbers that live as long as a scene is scored, and so many of
 * them, cost the garbage collector time whenever it meets new ones.
 */
final class HitMemory {

    /** The least numbers of a chunk. */
    private static final int CHUNK = 1 << 20;

    /** Runs that a longer chunk has room for, so that little of it is left over; the longest runs have one each. */
    private static final int RUNS = 4;

    private final List<int[]> chunks = new ArrayList<>();
    private int current = -1;
    private int used;

    /**
     * A part of a longer array.
     *
     * @param from where it begins
     */
    record Run(int[] array, int from) {}

    /** A run of so many numbers, whatever they are. */
    Run take(int count) {
        if (current < 0 || chunks.get(current).length - used < count) {
            next(count);
        }
        Run run = new Run(chunks.get(current), used);
        used += count;
        return run;
    }

    /** Goes on to a chunk with room for so many. */
    private void next(int count) {
        current++;
        used = 0;
        if (current == chunks.size()) {
            chunks.add(chunk(count));
        } else if (chunks.get(current).length < count) {
            chunks.set(current, chunk(count));
        }
    }

    private static int[] chunk(int count) {
        return new int[Math.max(count, Math.clamp((long) RUNS * count, CHUNK, RUNS * CHUNK))];
    }

    /** All runs may be given anew. */
    void reuse() {
        current = -1;
        used = 0;
    }
}
