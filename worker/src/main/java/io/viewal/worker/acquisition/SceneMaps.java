package io.viewal.worker.acquisition;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The maps of all frames of a scene while they are made, piece by piece and by several threads. */
sealed interface SceneMaps {

    /** Maps that are kept in the heap, where they are got faster: what fills an eighth of it. */
    long MOST_IN_HEAP = Runtime.getRuntime().maxMemory() / 8;

    /** @param pixels of a frame */
    static SceneMaps of(int frames, int pixels) {
        long bytes = 2L * frames * pixels * Float.BYTES;
        return bytes <= MOST_IN_HEAP ? new InHeap(frames, pixels) : new InFile(frames, pixels);
    }

    /**
     * Puts what is known of some pixels.
     *
     * @param pixel the first of them
     * @param count how many
     * @param entropy float32 [count], bits
     * @param divergence float32 [count], bits
     */
    void put(int frame, int pixel, int count, float[] entropy, float[] divergence);

    /** Passes the maps of a frame on, for good. */
    void pass(int frame, ViewScores.Sink sink);

    /**
     * Arrays that are passed on as they are.
     *
     * @param entropy float32 [frames, pixels]
     * @param divergence float32 [frames, pixels]
     */
    record InHeap(float[][] entropy, float[][] divergence) implements SceneMaps {

        InHeap(int frames, int pixels) {
            this(new float[frames][pixels], new float[frames][pixels]);
        }

        @Override
        public void put(int frame, int pixel, int count, float[] entropy, float[] divergence) {
            System.arraycopy(entropy, 0, this.entropy[frame], pixel, count);
            System.arraycopy(divergence, 0, this.divergence[frame], pixel, count);
        }

        @Override
        public void pass(int frame, ViewScores.Sink sink) {
            sink.accept(frame, entropy[frame], divergence[frame]);
        }
    }

    /**
     * Memory that the system may put aside.
     *
     * @param entropy float32 [frames, pixels]
     * @param divergence float32 [frames, pixels]
     * @param pixels of a frame
     */
    record InFile(MemorySegment entropy, MemorySegment divergence, int pixels) implements SceneMaps {

        InFile(int frames, int pixels) {
            long bytes = (long) frames * pixels * Float.BYTES;
            this(ScratchMemory.bytes(bytes), ScratchMemory.bytes(bytes), pixels);
        }

        @Override
        public void put(int frame, int pixel, int count, float[] entropy, float[] divergence) {
            long at = offset(frame) + (long) pixel * Float.BYTES;
            MemorySegment.copy(entropy, 0, this.entropy, ValueLayout.JAVA_FLOAT, at, count);
            MemorySegment.copy(divergence, 0, this.divergence, ValueLayout.JAVA_FLOAT, at, count);
        }

        @Override
        public void pass(int frame, ViewScores.Sink sink) {
            sink.accept(frame, map(entropy, frame), map(divergence, frame));
        }

        private float[] map(MemorySegment maps, int frame) {
            return maps.asSlice(offset(frame), (long) pixels * Float.BYTES).toArray(ValueLayout.JAVA_FLOAT);
        }

        private long offset(int frame) {
            return (long) frame * pixels * Float.BYTES;
        }
    }
}
