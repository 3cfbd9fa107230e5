package io.viewal.worker.acquisition;

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
 * touched; it goes when it is no longer reached.
 */
final class ScratchMemory {

    private ScratchMemory() {}

    /** So many bytes, all 0. */
    static MemorySegment bytes(long count) {
        try {
            Path file = Files.createTempFile("viewal-", ".scratch");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                return channel.map(FileChannel.MapMode.READ_WRITE, 0, count, Arena.ofAuto());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("No room for temporary numbers: " + e.getMessage(), e);
        }
    }
}
