package io.viewal.worker.npy;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A NumPy array file, format version 1.0 or 2.0, little-endian, C order; the data are mapped, not read, until they are
 * asked for. Types: float16, float32, float64, uint8, uint16, int32, int64.
 */
public final class NpyFile {

    private static final Pattern HEADER =
            Pattern.compile("'descr': *'([^']+)'.*'fortran_order': *(True|False).*'shape': *\\(([^)]*)\\)");
    private static final int ALIGNMENT = 64;

    private final String name;
    private final String type;
    private final int[] shape;
    private final MemorySegment data;

    private NpyFile(String name, String type, int[] shape, MemorySegment data) {
        this.name = name;
        this.type = type;
        this.shape = shape;
        this.data = data;
    }

    /**
     * Maps a file.
     *
     * @throws InvalidInputException when it is not such an array
     */
    public static NpyFile open(Path file) throws IOException {
        String name = file.getFileName().toString();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MemorySegment all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
            if (all.byteSize() < 12 || (all.get(ValueLayout.JAVA_BYTE, 0) & 0xff) != 0x93) {
                throw invalid(name, "does not begin as a .npy file does");
            }
            int lengthBytes = all.get(ValueLayout.JAVA_BYTE, 6) == 1 ? 2 : 4;
            long length = 0;
            for (int i = 0; i < lengthBytes; i++) {
                length |= (long) (all.get(ValueLayout.JAVA_BYTE, 8 + i) & 0xff) << 8 * i;
            }
            long start = 8 + lengthBytes + length;
            if (start > all.byteSize()) {
                throw invalid(name, "is cut off in its header");
            }
            byte[] header = all.asSlice(8 + lengthBytes, length).toArray(ValueLayout.JAVA_BYTE);
            return parse(name, new String(header, StandardCharsets.US_ASCII), all.asSlice(start));
        }
    }

    private static NpyFile parse(String name, String header, MemorySegment data) {
        Matcher matcher = HEADER.matcher(header);
        if (!matcher.find()) {
            throw invalid(name, "has the header " + header.strip());
        }
        if (matcher.group(2).equals("True")) {
            throw invalid(name, "is in Fortran order: save it with numpy.ascontiguousarray");
        }
        String type = matcher.group(1);
        long bytes = elementBytes(name, type);
        int[] shape;
        try {
            shape = Arrays.stream(matcher.group(3).split(","))
                    .map(String::strip)
                    .filter(s -> !s.isEmpty())
                    .mapToInt(Integer::parseInt)
                    .toArray();
            for (int dimension : shape) {
                bytes = Math.multiplyExact(bytes, (long) dimension);
            }
        } catch (NumberFormatException | ArithmeticException e) {
            throw invalid(name, "has the shape (" + matcher.group(3) + "), expected whole numbers of a size in memory");
        }
        if (data.byteSize() != bytes) {
            throw invalid(name, "has " + data.byteSize() + " bytes of data, expected " + bytes + " for its shape");
        }
        return new NpyFile(name, type, shape, data);
    }

    /** NumPy's name of the element type: {@code <f4}. */
    public String type() {
        return type;
    }

    public int[] shape() {
        return shape.clone();
    }

    /** Elements in all. */
    public long size() {
        return data.byteSize() / elementBytes(name, type);
    }

    /** The element, as the nearest double. */
    public double get(long index) {
        return switch (type) {
            case "<f2" -> Float.float16ToFloat(data.get(ValueLayout.JAVA_SHORT_UNALIGNED, index * 2));
            case "<f4" -> data.get(ValueLayout.JAVA_FLOAT_UNALIGNED, index * 4);
            case "<f8" -> data.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, index * 8);
            case "|u1" -> data.get(ValueLayout.JAVA_BYTE, index) & 0xff;
            case "<u2" -> data.get(ValueLayout.JAVA_CHAR_UNALIGNED, index * 2);
            case "<i4" -> data.get(ValueLayout.JAVA_INT_UNALIGNED, index * 4);
            case "<i8" -> data.get(ValueLayout.JAVA_LONG_UNALIGNED, index * 8);
            default -> throw unsupported(name, type);
        };
    }

    /** A run of elements as floats. */
    public float[] floats(long from, int count) {
        float[] values = new float[count];
        if (type.equals("<f4")) {
            MemorySegment.copy(data, ValueLayout.JAVA_FLOAT_UNALIGNED, from * Float.BYTES, values, 0, count);
            return values;
        }
        for (int i = 0; i < count; i++) {
            values[i] = (float) get(from + i);
        }
        return values;
    }

    /** A run of elements where they lie, mapped. */
    public MemorySegment inPlace(long from, int count) {
        long bytes = elementBytes(name, type);
        return data.asSlice(from * bytes, count * bytes);
    }

    /** A run of elements of one byte each. */
    public byte[] bytes(long from, int count) {
        if (!type.equals("|u1")) {
            throw invalid(name, "has elements of type " + type + ", expected |u1 (uint8)");
        }
        return data.asSlice(from, count).toArray(ValueLayout.JAVA_BYTE);
    }

    /** A run of uint16 elements. */
    public char[] chars(long from, int count) {
        if (!type.equals("<u2")) {
            throw invalid(name, "has elements of type " + type + ", expected <u2 (uint16)");
        }
        char[] values = new char[count];
        MemorySegment.copy(data, ValueLayout.JAVA_CHAR_UNALIGNED, from * Character.BYTES, values, 0, count);
        return values;
    }

    /**
     * Returns this array when it has the type and shape.
     *
     * @throws InvalidInputException when it has another
     */
    public NpyFile require(String expectedType, int... expectedShape) {
        if (!type.equals(expectedType) || !Arrays.equals(shape, expectedShape)) {
            throw invalid(
                    name,
                    "has elements of type " + type + " and the shape " + Arrays.toString(shape) + ", expected "
                            + expectedType + " and " + Arrays.toString(expectedShape));
        }
        return this;
    }

    /** Writes a float32 array. */
    public static void write(Path file, float[] values, int... shape) throws IOException {
        try (Writer writer = new Writer(file, "<f4", shape)) {
            writer.put(0, values);
        }
    }

    /** Writes an array part by part, in any order and by several threads; parts never written are zero. */
    public static final class Writer implements AutoCloseable {

        private final FileChannel channel;
        private final int start;

        /**
         * @param type {@code <f4}, {@code <u2} or {@code |u1}
         */
        public Writer(Path file, String type, int... shape) throws IOException {
            byte[] header = header(type, shape);
            long bytes = elementBytes(file.getFileName().toString(), type);
            for (int dimension : shape) {
                bytes *= dimension;
            }
            this.start = header.length;
            this.channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
            writeFully(ByteBuffer.wrap(header), 0);
            if (bytes > 0) {
                writeFully(ByteBuffer.wrap(new byte[1]), start + bytes - 1);
            }
        }

        /** Writes elements from this index on. */
        public void put(long index, float[] values) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            buffer.asFloatBuffer().put(values);
            writeFully(buffer, start + index * Float.BYTES);
        }

        /** Writes elements from this index on. */
        public void put(long index, byte[] values) throws IOException {
            writeFully(ByteBuffer.wrap(values), start + index);
        }

        /** Writes elements from this index on. */
        public void put(long index, char[] values) throws IOException {
            ByteBuffer buffer =
                    ByteBuffer.allocate(values.length * Character.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            buffer.asCharBuffer().put(values);
            writeFully(buffer, start + index * Character.BYTES);
        }

        private void writeFully(ByteBuffer buffer, long position) throws IOException {
            long at = position;
            while (buffer.hasRemaining()) {
                at += channel.write(buffer, at);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private static byte[] header(String type, int... shape) {
        StringBuilder dims = new StringBuilder();
        for (int dimension : shape) {
            dims.append(dimension).append(", ");
        }
        String dict = "{'descr': '" + type + "', 'fortran_order': False, 'shape': ("
                + dims.toString().strip() + "), }";
        int total = (10 + dict.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        byte[] header = new byte[total];
        Arrays.fill(header, (byte) ' ');
        byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) (total - 10), (byte) ((total - 10) >> 8)};
        System.arraycopy(magic, 0, header, 0, magic.length);
        System.arraycopy(dict.getBytes(StandardCharsets.US_ASCII), 0, header, 10, dict.length());
        header[total - 1] = '\n';
        return header;
    }

    private static int elementBytes(String name, String type) {
        return switch (type) {
            case "|u1" -> 1;
            case "<f2", "<u2" -> 2;
            case "<f4", "<i4" -> 4;
            case "<f8", "<i8" -> 8;
            default -> throw unsupported(name, type);
        };
    }

    private static InvalidInputException unsupported(String name, String type) {
        return invalid(
                name,
                "has elements of type " + type + ", expected float16, float32, float64, uint8, uint16, int32 or int64");
    }

    private static InvalidInputException invalid(String name, String what) {
        return new InvalidInputException(Reason.InvalidDataset, "The array file " + name + " " + what);
    }
}
