package io.viewal.worker.dataset;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Headers of {@code .npy} files, version 1.0, little-endian, C order; the data are mapped or written by position. */
final class NpyArrays {

    private static final int ALIGNMENT = 64;

    private NpyArrays() {}

    /** Everything before the data of an array of this type and shape; its length is a multiple of 64. */
    static byte[] header(NpyType type, long... shape) {
        String dims = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
        String dict = "{'descr': '" + type.descriptor() + "', 'fortran_order': False, 'shape': (" + dims
                + (shape.length == 1 ? "," : "") + "), }";
        int total = (10 + dict.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        byte[] header = new byte[total];
        Arrays.fill(header, (byte) ' ');
        byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) (total - 10), (byte) ((total - 10) >> 8)};
        System.arraycopy(magic, 0, header, 0, magic.length);
        byte[] text = dict.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, header, 10, text.length);
        header[total - 1] = '\n';
        return header;
    }

    /**
     * The data of an array, mapped read-only.
     *
     * @throws IOException when the file's header is not the one that {@link #header} gives, or its length differs
     */
    static MemorySegment map(Path file, NpyType type, long... shape) throws IOException {
        byte[] expected = header(type, shape);
        long bytes = type.bytes() * Arrays.stream(shape).reduce(1, Math::multiplyExact);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer actual = ByteBuffer.allocate(expected.length);
            while (actual.hasRemaining()) {
                if (channel.read(actual) < 0) {
                    throw new EOFException(file + " ends in its header");
                }
            }
            if (!Arrays.equals(expected, actual.array())) {
                throw new IOException(file + " is not an array of " + type + " " + Arrays.toString(shape));
            }
            if (channel.size() != expected.length + bytes) {
                throw new IOException(
                        file + " has " + channel.size() + " bytes, expected " + (expected.length + bytes));
            }
            return channel.map(FileChannel.MapMode.READ_ONLY, expected.length, bytes, Arena.ofAuto());
        }
    }
}
