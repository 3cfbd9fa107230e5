package io.viewal.worker.acquisition;

import java.util.ArrayList;
import java.util.List;

/**
 * A bump allocator for the hits of many blocks, whose chunks are used again and again, by one scene after another: numbers
 * that live as long as a scene is scored, and so many of them, cost the garbage collector time whenever it meets new ones.
 * Threads share one, since of several each would grow to the most that its thread ever found.
 */
final class HitMemory {

    /** Room for many blocks' hits, so that little is left over. */
    private static final int CHUNK = 4 << 20;

    private final int chunk;
    private final List<int[]> chunks = new ArrayList<>();
    private int current = -1;
    private int used;
    private long before;

    HitMemory() {
        this(CHUNK);
    }

    /** @param chunk numbers that are made room for at a time; longer runs have an array of their own */
    HitMemory(int chunk) {
        this.chunk = chunk;
    }

    /**
     * A part of a longer array.
     *
     * @param from where it begins
     */
    record Run(int[] array, int from) {}

    /** A run of so many numbers, whatever they are. */
    synchronized Run take(int count) {
        if (current < 0 || chunks.get(current).length - used < count) {
            next(count);
        }
        Run run = new Run(chunks.get(current), used);
        used += count;
        return run;
    }

    /** Goes on to a chunk with room for so many. */
    private void next(int count) {
        if (current >= 0) {
            before += chunks.get(current).length;
        }
        current++;
        used = 0;
        if (current == chunks.size()) {
            chunks.add(new int[Math.max(count, chunk)]);
        } else if (chunks.get(current).length < count) {
            chunks.set(current, new int[count]);
        }
    }

    /** Numbers that the runs take up, with what is left over behind them where the next one did not fit. */
    synchronized long used() {
        return before + used;
    }

    /** All runs may be given anew. */
    synchronized void reuse() {
        current = -1;
        used = 0;
        before = 0;
    }
}
