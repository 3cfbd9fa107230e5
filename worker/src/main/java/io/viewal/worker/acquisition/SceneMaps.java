package io.viewal.worker.acquisition;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import io.viewal.worker.kernel.ScratchMemory;
import java.lang.foreign.MemorySegment;

/** The maps of all frames of a scene while they are made, piece by piece and by several threads. */
final class SceneMaps {

    /** Pixels of a scene whose maps are kept in the heap, where they are got faster. */
    private static final int MOST_PIXELS_IN_HEAP = 4 << 20;

    private final int pixels;
    private final MemorySegment entropies;
    private final MemorySegment divergences;
    private final MemorySegment predictions;

    /** @param pixels of a frame */
    SceneMaps(int frames, int pixels) {
        long all = (long) frames * pixels;
        boolean heap = all <= MOST_PIXELS_IN_HEAP;
        this.pixels = pixels;
        this.entropies = heap ? MemorySegment.ofArray(new float[(int) all]) : ScratchMemory.bytes(all * Float.BYTES);
        this.divergences = heap ? MemorySegment.ofArray(new float[(int) all]) : ScratchMemory.bytes(all * Float.BYTES);
        this.predictions = heap ? MemorySegment.ofArray(new byte[(int) all]) : ScratchMemory.bytes(all);
    }

    /**
     * Puts what is known of some pixels.
     *
     * @param row of the first of them, in the volume of predictions
     * @param count how many
     * @param entropy float32 [count], bits
     * @param divergence float32 [count], bits
     * @param classes uint8 [count]
     */
    void put(long row, int count, float[] entropy, float[] divergence, byte[] classes) {
        MemorySegment.copy(entropy, 0, entropies, JAVA_FLOAT, row * Float.BYTES, count);
        MemorySegment.copy(divergence, 0, divergences, JAVA_FLOAT, row * Float.BYTES, count);
        MemorySegment.copy(classes, 0, predictions, JAVA_BYTE, row, count);
    }

    /** Passes the maps of a frame on. */
    void pass(int frame, ViewScores.Sink sink) {
        long first = (long) frame * pixels;
        byte[] prediction = new byte[pixels];
        MemorySegment.copy(predictions, JAVA_BYTE, first, prediction, 0, pixels);
        sink.accept(frame, floats(entropies, first), floats(divergences, first), prediction);
    }

    private float[] floats(MemorySegment maps, long first) {
        float[] map = new float[pixels];
        MemorySegment.copy(maps, JAVA_FLOAT, first * Float.BYTES, map, 0, pixels);
        return map;
    }
}
