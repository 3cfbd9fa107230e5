package io.viewal.worker.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Memory that the system may put aside: a temporary file without a name, mapped, so that what is resident follows what is
 * touched. A little is plain memory, which is faster to get.
 */
public final class ScratchMemory {

    /** Bytes that are plain memory. */
    private static final long LITTLE = 32L << 20;

    private ScratchMemory() {}

    /**
     * So many float32 numbers, all 0.
     *
     * @param arena that they live as long as
     */
    public static MemorySegment floats(Arena arena, long count) {
        long bytes = count * Float.BYTES;
        if (bytes <= LITTLE) {
            return arena.allocate(bytes, Float.BYTES);
        }
        try {
            Path file = Files.createTempFile("viewal-", ".scratch");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("No room for temporary numbers: " + e.getMessage(), e);
        }
    }
}
