package io.viewal.worker.dataset.interchange;

import io.viewal.worker.dataset.ImageSize;

/**
 * An image of plain numbers: depth units, class ids, region ids.
 *
 * @param bits of a stored number, at most 16
 * @param values uint16 [height, width]
 */
public record IntegerImage(ImageSize size, int bits, char[] values) {

    public IntegerImage {
        if (values.length != size.pixels()) {
            throw new IllegalArgumentException(values.length + " values for an image of " + size);
        }
    }

    /** 8-bit image of these bytes. */
    public static IntegerImage ofBytes(ImageSize size, byte[] bytes) {
        char[] values = new char[bytes.length];
        for (int p = 0; p < bytes.length; p++) {
            values[p] = (char) Byte.toUnsignedInt(bytes[p]);
        }
        return new IntegerImage(size, 8, values);
    }
}
