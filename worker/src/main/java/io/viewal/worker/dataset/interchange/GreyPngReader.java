package io.viewal.worker.dataset.interchange;

import io.viewal.worker.dataset.ImageSize;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decodes plain grey PNGs of 8 or 16 bits, as depth and label images are, in less than half the time that the JDK's codec
 * takes.
 *
 * @see <a href="https://www.w3.org/TR/png-3/">the format</a>
 */
final class GreyPngReader {

    private static final long SIGNATURE = 0x89504e470d0a1a0aL;
    private static final int HEADER = 0x49484452;
    private static final int DATA = 0x49444154;
    private static final int END = 0x49454e44;
    private static final int TRANSPARENCY = 0x74524e53;
    private static final int HEADER_BYTES = 13;

    /** The bit of a chunk's type that tells that the image can be decoded without it. */
    private static final int ANCILLARY = 0x20000000;

    private final ByteBuffer in;
    private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
    private ImageSize size;
    private int bits;

    private GreyPngReader(byte[] file) {
        this.in = ByteBuffer.wrap(file);
    }

    /**
     * Decodes an image.
     *
     * @return null when it is of another kind, larger than 64 megapixels, or damaged: the JDK's codec knows more kinds, and
     *     says what is wrong
     */
    static IntegerImage read(byte[] file) {
        if (file.length < Long.BYTES || ByteBuffer.wrap(file).getLong() != SIGNATURE) {
            return null;
        }
        GreyPngReader reader = new GreyPngReader(file);
        return reader.readChunks() ? reader.image() : null;
    }

    private boolean readChunks() {
        in.position(Long.BYTES);
        while (in.remaining() >= 3 * Integer.BYTES) {
            int length = in.getInt();
            int start = in.position();
            int type = in.getInt();
            if (length < 0 || length > in.remaining() - Integer.BYTES || (type == HEADER) != (size == null)) {
                return false;
            }
            if (!take(type, in.position(), length)) {
                return false;
            }
            CRC32 checksum = new CRC32();
            checksum.update(in.array(), start, Integer.BYTES + length);
            in.position(start + Integer.BYTES + length);
            if (in.getInt() != (int) checksum.getValue()) {
                return false;
            }
            if (type == END) {
                return true;
            }
        }
        return false;
    }

    private boolean take(int type, int from, int length) {
        if (type == HEADER) {
            return length == HEADER_BYTES && takeHeader(from);
        }
        if (type == DATA) {
            packed.write(in.array(), from, length);
            return true;
        }
        return type == END || (type & ANCILLARY) != 0 && type != TRANSPARENCY;
    }

    private boolean takeHeader(int from) {
        int width = in.getInt(from);
        int height = in.getInt(from + Integer.BYTES);
        bits = in.get(from + 8);
        // Grey, deflate, the standard's filters, not interlaced.
        boolean plain = in.getInt(from + 9) == 0 && (bits == 8 || bits == 16);
        if (!plain || width <= 0 || height <= 0 || (long) width * height > ImageFiles.MAX_PIXELS) {
            return false;
        }
        size = new ImageSize(width, height);
        return true;
    }

    private IntegerImage image() {
        int stride = size.width() * (bits / 8);
        byte[] rows = inflate((stride + 1) * size.height());
        if (rows == null) {
            return null;
        }
        for (int y = 0; y < size.height(); y++) {
            int at = y * (stride + 1);
            if (!PngFilters.undo(rows, at + 1, stride, bits / 8, y == 0)) {
                return null;
            }
        }
        return new IntegerImage(size, bits, bits == 8 ? bytes(rows, stride) : words(rows, stride));
    }

    /** Exactly so many bytes, or null. */
    private byte[] inflate(int expected) {
        byte[] rows = new byte[expected + 1];
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(packed.toByteArray());
            int length = 0;
            while (!inflater.finished() && length < rows.length) {
                int more = inflater.inflate(rows, length, rows.length - length);
                if (more == 0 && !inflater.finished()) {
                    return null;
                }
                length += more;
            }
            return length == expected ? rows : null;
        } catch (DataFormatException e) {
            return null;
        }
    }

    private char[] bytes(byte[] rows, int stride) {
        char[] values = new char[size.pixels()];
        for (int y = 0; y < size.height(); y++) {
            int from = y * (stride + 1) + 1;
            int to = y * stride;
            for (int x = 0; x < stride; x++) {
                values[to + x] = (char) (rows[from + x] & 0xff);
            }
        }
        return values;
    }

    private char[] words(byte[] rows, int stride) {
        char[] values = new char[size.pixels()];
        for (int y = 0; y < size.height(); y++) {
            ByteBuffer.wrap(rows, y * (stride + 1) + 1, stride)
                    .asCharBuffer()
                    .get(values, y * size.width(), size.width());
        }
        return values;
    }
}
