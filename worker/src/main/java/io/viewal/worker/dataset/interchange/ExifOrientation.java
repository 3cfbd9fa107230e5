package io.viewal.worker.dataset.interchange;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The note in a JPEG or a PNG on how the camera was held (EXIF's tag 0x0112). Some programs turn the pixels by it and some do
 * not, so that nothing says whether depth, poses and camera are of the turned image: such images are refused.
 *
 * @see <a href="https://www.cipa.jp/std/documents/download_e.html?DC-008-Translation-2023-E">CIPA DC-008, 4.6.5</a>
 */
final class ExifOrientation {

    private static final int START_OF_JPEG = 0xffd8;
    private static final int SCAN = 0xffda;
    private static final int APPLICATION_1 = 0xffe1;
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final long PNG = 0x89504e470d0a1a0aL;
    private static final int PNG_EXIF = 0x65584966;
    private static final int PNG_DATA = 0x49444154;
    private static final int CHECKSUM = 4;
    private static final int LITTLE_ENDIAN = 0x4949;
    private static final int ENTRY = 12;
    private static final int TAG = 0x0112;
    private static final int UPRIGHT = 1;

    private ExifOrientation() {}

    /** @throws IOException when the image is to be turned or mirrored */
    static void requireUpright(byte[] file) throws IOException {
        int orientation = of(file);
        if (orientation != UPRIGHT) {
            throw new IOException("its EXIF orientation is " + orientation
                    + ", not 1: some programs turn it and some do not; turn its pixels, as depth, labels and camera"
                    + " lie, and remove the tag (mogrify -auto-orient), or only the tag where they lie as these pixels"
                    + " do");
        }
    }

    /** 1 to 8; 1 when there is no note, or none that can be read. */
    static int of(byte[] file) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(file);
            ByteBuffer tiff = bytes.remaining() > Long.BYTES && bytes.getLong(0) == PNG ? inPng(bytes) : inJpeg(bytes);
            return tiff == null ? UPRIGHT : orientation(tiff);
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // A file that is cut off is told of by its decoder.
            return UPRIGHT;
        }
    }

    private static ByteBuffer inJpeg(ByteBuffer bytes) {
        if (Short.toUnsignedInt(bytes.getShort()) != START_OF_JPEG) {
            return null;
        }
        for (int marker = next(bytes); marker != SCAN; marker = next(bytes)) {
            int length = Short.toUnsignedInt(bytes.getShort()) - Short.BYTES;
            ByteBuffer segment = bytes.slice(bytes.position(), length);
            bytes.position(bytes.position() + length);
            if (marker == APPLICATION_1 && startsWithExif(segment)) {
                return segment.position(EXIF.length).slice();
            }
        }
        return null;
    }

    private static int next(ByteBuffer bytes) {
        return Short.toUnsignedInt(bytes.getShort());
    }

    private static boolean startsWithExif(ByteBuffer segment) {
        return segment.remaining() > EXIF.length && ByteBuffer.wrap(EXIF).equals(segment.slice(0, EXIF.length));
    }

    private static ByteBuffer inPng(ByteBuffer bytes) {
        bytes.position(Long.BYTES);
        while (bytes.hasRemaining()) {
            int length = bytes.getInt();
            int type = bytes.getInt();
            if (type == PNG_EXIF) {
                return bytes.slice(bytes.position(), length);
            }
            if (type == PNG_DATA) {
                return null;
            }
            bytes.position(bytes.position() + length + CHECKSUM);
        }
        return null;
    }

    /** The first directory of a TIFF: a count, then entries of tag, type, count and value. */
    private static int orientation(ByteBuffer tiff) {
        tiff.order(tiff.getShort(0) == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = Short.toUnsignedInt(tiff.getShort(directory));
        for (int i = 0; i < entries; i++) {
            int entry = directory + Short.BYTES + ENTRY * i;
            if (Short.toUnsignedInt(tiff.getShort(entry)) == TAG) {
                int value = Short.toUnsignedInt(tiff.getShort(entry + 8));
                return value >= 1 && value <= 8 ? value : UPRIGHT;
            }
        }
        return UPRIGHT;
    }
}
