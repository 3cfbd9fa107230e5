package io.viewal.bench;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.VoidLabel;

/** The share of the pixels on a boundary between two classes that have a boundary of superpixels within a pixel. */
final class BoundaryRecall {

    private final ImageSize size;
    private long boundaries;
    private long found;

    BoundaryRecall(ImageSize size) {
        this.size = size;
    }

    /**
     * Adds a frame.
     *
     * @param labels uint8 [height, width], 255 = void
     * @param regions uint16 [height, width]
     */
    void add(byte[] labels, char[] regions) {
        for (int y = 1; y < size.height() - 2; y++) {
            for (int x = 1; x < size.width() - 2; x++) {
                int p = y * size.width() + x;
                if (differ(labels, p, p + 1) || differ(labels, p, p + size.width())) {
                    boundaries++;
                    found += isNearBoundary(regions, p) ? 1 : 0;
                }
            }
        }
    }

    double share() {
        return (double) found / boundaries;
    }

    private static boolean differ(byte[] labels, int p, int q) {
        return labels[p] != labels[q] && labels[p] != (byte) VoidLabel.ID && labels[q] != (byte) VoidLabel.ID;
    }

    private boolean isNearBoundary(char[] regions, int p) {
        for (int row = p - size.width(); row <= p + size.width(); row += size.width()) {
            for (int q = row - 1; q <= row + 1; q++) {
                if (regions[q] != regions[q + 1] || regions[q] != regions[q + size.width()]) {
                    return true;
                }
            }
        }
        return false;
    }
}
