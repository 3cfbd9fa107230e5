package io.viewal.worker.dataset.interchange;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Encodes grey PNGs of 8 or 16 bits faster than the JDK's codec, which tries every filter on every row: here each byte is
 * the difference to the one above it, which is undone for many bytes at once, and compressed lightly. Of depth, whose lower
 * bytes are noise, repetitions are not looked for: that takes twice the time, for files that are no smaller. Imports spend
 * most of their time on this.
 *
 * @see <a href="https://www.w3.org/TR/png-3/">the format</a>
 */
final class GreyPng {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int HEADER = 0x49484452;
    private static final int DATA = 0x49444154;
    private static final int END = 0x49454e44;
    private static final byte ABOVE = 2;
    private static final int LEVEL = 1;
    private static final int BUFFER = 1 << 16;

    private GreyPng() {}

    static byte[] encode(IntegerImage image) {
        int bits = image.bits() > 8 ? 16 : 8;
        ByteBuffer header = ByteBuffer.allocate(13)
                .putInt(image.size().width())
                .putInt(image.size().height())
                .put((byte) bits)
                // Grey, deflate, the standard's filters, not interlaced.
                .put(new byte[4]);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        chunk(out, HEADER, header.array());
        chunk(
                out,
                DATA,
                bits == 16
                        ? deflate(rows16(image), Deflater.HUFFMAN_ONLY)
                        : deflate(rows8(image), Deflater.DEFAULT_STRATEGY));
        chunk(out, END, new byte[0]);
        return out.toByteArray();
    }

    /** Bytes are subtracted each by itself, high from high and low from low. */
    private static byte[] rows16(IntegerImage image) {
        int width = image.size().width();
        char[] values = image.values();
        byte[] rows = new byte[(2 * width + 1) * image.size().height()];
        char[] above = new char[width];
        for (int y = 0; y < image.size().height(); y++) {
            int from = y * width;
            int at = y * (2 * width + 1);
            rows[at++] = ABOVE;
            for (int x = 0; x < width; x++) {
                int value = values[from + x];
                rows[at + 2 * x] = (byte) ((value >> 8) - (above[x] >> 8));
                rows[at + 2 * x + 1] = (byte) (value - above[x]);
            }
            System.arraycopy(values, from, above, 0, width);
        }
        return rows;
    }

    private static byte[] rows8(IntegerImage image) {
        int width = image.size().width();
        char[] values = image.values();
        byte[] rows = new byte[(width + 1) * image.size().height()];
        char[] above = new char[width];
        for (int y = 0; y < image.size().height(); y++) {
            int from = y * width;
            int at = y * (width + 1);
            rows[at++] = ABOVE;
            for (int x = 0; x < width; x++) {
                rows[at + x] = (byte) (values[from + x] - above[x]);
            }
            System.arraycopy(values, from, above, 0, width);
        }
        return rows;
    }

    private static byte[] deflate(byte[] plain, int strategy) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length / 2);
        byte[] buffer = new byte[BUFFER];
        try (Deflater deflater = new Deflater(LEVEL)) {
            deflater.setStrategy(strategy);
            deflater.setInput(plain);
            deflater.finish();
            while (!deflater.finished()) {
                packed.write(buffer, 0, deflater.deflate(buffer));
            }
        }
        return packed.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, int type, byte[] content) {
        byte[] body = ByteBuffer.allocate(Integer.BYTES + content.length)
                .putInt(type)
                .put(content)
                .array();
        CRC32 checksum = new CRC32();
        checksum.update(body);
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(content.length).array());
        out.writeBytes(body);
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .putInt((int) checksum.getValue())
                .array());
    }
}
