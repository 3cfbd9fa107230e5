package io.viewal.worker.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import jdk.incubator.vector.VectorSpecies;

/** What the processor can do that Java does not tell. */
final class Processor {

    private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");

    /** The instructions that rearrange the bytes of vectors of 64 of them. */
    private static final String WIDE_REARRANGEMENT = "avx512_vbmi";

    private static final int WIDE = 64;

    private Processor() {}

    /**
     * Whether the bytes of such vectors are rearranged by instructions. Where they are not, Java does it byte by byte in
     * the heap; up to 32 bytes, several instructions do it where no single one can.
     */
    static boolean rearranges(VectorSpecies<Byte> bytes) {
        if (bytes.length() < WIDE) {
            return true;
        }
        try (Stream<String> lines = Files.lines(DESCRIPTION)) {
            return lines.anyMatch(line -> line.contains(WIDE_REARRANGEMENT));
        } catch (IOException e) {
            return false;
        }
    }
}
