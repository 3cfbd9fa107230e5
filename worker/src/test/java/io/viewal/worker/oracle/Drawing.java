package io.viewal.worker.oracle;

import io.viewal.worker.dataset.ImageSize;
import java.util.BitSet;

/**
 * Labels drawn by hand: a digit is a class, a dot is void.
 *
 * @param labels uint8 [height, width]
 */
record Drawing(byte[] labels, ImageSize size) {

    static Drawing of(String... rows) {
        ImageSize size = new ImageSize(rows[0].length(), rows.length);
        byte[] labels = new byte[size.pixels()];
        for (int pixel = 0; pixel < labels.length; pixel++) {
            char c = rows[pixel / size.width()].charAt(pixel % size.width());
            labels[pixel] = c == '.' ? (byte) 255 : (byte) (c - '0');
        }
        return new Drawing(labels, size);
    }

    BitSet all() {
        BitSet pixels = new BitSet();
        pixels.set(0, size.pixels());
        return pixels;
    }
}
