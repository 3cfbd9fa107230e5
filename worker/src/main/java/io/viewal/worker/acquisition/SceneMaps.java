package io.viewal.worker.acquisition;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.viewal.worker.kernel.ScratchMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The maps of all frames of a scene while they are made, piece by piece and by several threads. */
final class SceneMaps {

    /** Bytes of a pixel: two numbers and a class. */
    private static final int BYTES = 2 * Float.BYTES + 1;

    /** Maps that are kept in the heap, where they are got faster: what fills an eighth of it. */
    private static final long MOST_IN_HEAP = Runtime.getRuntime().maxMemory() / 8;

    /** A frame's classes may end anywhere. */
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private final List<Frame> frames;

    /** @param pixels of a frame */
    SceneMaps(int frames, int pixels) {
        boolean heap = (long) frames * pixels * BYTES <= MOST_IN_HEAP;
        this.frames = heap ? inHeap(frames, pixels) : inFile(frames, pixels);
    }

    /** The maps of a frame: float32 [pixels] twice, uint8 [pixels]. */
    private record Frame(MemorySegment entropy, MemorySegment divergence, MemorySegment prediction) {}

    private static List<Frame> inHeap(int frames, int pixels) {
        return Stream.generate(() -> new Frame(
                        MemorySegment.ofArray(new float[pixels]),
                        MemorySegment.ofArray(new float[pixels]),
                        MemorySegment.ofArray(new byte[pixels])))
                .limit(frames)
                .toList();
    }

    private static List<Frame> inFile(int frames, int pixels) {
        long map = (long) pixels * Float.BYTES;
        long size = (long) pixels * BYTES;
        MemorySegment all = ScratchMemory.bytes(frames * size);
        return LongStream.range(0, frames)
                .mapToObj(frame -> all.asSlice(frame * size))
                .map(frame -> new Frame(frame.asSlice(0, map), frame.asSlice(map, map), frame.asSlice(2 * map, pixels)))
                .toList();
    }

    /**
     * Puts what is known of some pixels.
     *
     * @param pixel the first of them
     * @param count how many
     * @param entropy float32 [count], bits
     * @param divergence float32 [count], bits
     * @param classes uint8 [count]
     */
    void put(int frame, int pixel, int count, float[] entropy, float[] divergence, byte[] classes) {
        Frame maps = frames.get(frame);
        MemorySegment.copy(entropy, 0, maps.entropy(), FLOAT, (long) pixel * Float.BYTES, count);
        MemorySegment.copy(divergence, 0, maps.divergence(), FLOAT, (long) pixel * Float.BYTES, count);
        MemorySegment.copy(classes, 0, maps.prediction(), JAVA_BYTE, pixel, count);
    }

    /** Passes the maps of a frame on, for good. */
    void pass(int frame, ViewScores.Sink sink) {
        Frame maps = frames.get(frame);
        sink.accept(
                frame,
                (float[])
                        maps.entropy().heapBase().orElseGet(() -> maps.entropy().toArray(FLOAT)),
                (float[]) maps.divergence()
                        .heapBase()
                        .orElseGet(() -> maps.divergence().toArray(FLOAT)),
                (byte[]) maps.prediction()
                        .heapBase()
                        .orElseGet(() -> maps.prediction().toArray(JAVA_BYTE)));
    }
}
