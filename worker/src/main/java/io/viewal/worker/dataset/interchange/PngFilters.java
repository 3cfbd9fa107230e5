package io.viewal.worker.dataset.interchange;

/** What PNG's filters take from a byte, given back: of the one to its left, above it, or both. */
final class PngFilters {

    private static final int NONE = 0;
    private static final int LEFT = 1;
    private static final int ABOVE = 2;
    private static final int MEAN = 3;
    private static final int NEAREST = 4;

    private PngFilters() {}

    /**
     * Undoes the filter of a row, whose number stands before it. The row above, whose filter is undone already, ends
     * before that.
     *
     * @param rows changed in place
     * @param from where the row begins
     * @param bytes of a pixel: 1 or 2
     * @param first whether no row is above
     * @return false when there is no such filter
     */
    static boolean undo(byte[] rows, int from, int stride, int bytes, boolean first) {
        int above = from - stride - 1;
        switch (rows[from - 1]) {
            case NONE -> {}
            case LEFT -> left(rows, from, stride, bytes);
            case ABOVE -> {
                if (!first) {
                    above(rows, from, above, stride);
                }
            }
            case MEAN -> mean(rows, from, first ? -1 : above, stride, bytes);
            case NEAREST -> {
                // Of nothing above, what is to the left is always the nearest.
                if (first) {
                    left(rows, from, stride, bytes);
                } else {
                    nearest(rows, from, above, stride, bytes);
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Sums are kept at hand: to fetch from memory what has just been stored there takes longer. */
    private static void left(byte[] rows, int from, int stride, int bytes) {
        int even = 0;
        int odd = 0;
        for (int i = from; i < from + stride; i += bytes) {
            even += rows[i];
            rows[i] = (byte) even;
            if (bytes == 2) {
                odd += rows[i + 1];
                rows[i + 1] = (byte) odd;
            }
        }
    }

    private static void above(byte[] rows, int from, int above, int stride) {
        for (int x = 0; x < stride; x++) {
            rows[from + x] += rows[above + x];
        }
    }

    /** @param above below 0: no row */
    private static void mean(byte[] rows, int from, int above, int stride, int bytes) {
        for (int x = 0; x < stride; x++) {
            int left = x < bytes ? 0 : rows[from + x - bytes] & 0xff;
            int up = above < 0 ? 0 : rows[above + x] & 0xff;
            rows[from + x] += (byte) (left + up >> 1);
        }
    }

    /** Of left, above and diagonally above the one that is nearest to left + above − diagonal, in this order. */
    private static void nearest(byte[] rows, int from, int above, int stride, int bytes) {
        for (int x = 0; x < stride; x++) {
            int left = x < bytes ? 0 : rows[from + x - bytes] & 0xff;
            int up = rows[above + x] & 0xff;
            int diagonal = x < bytes ? 0 : rows[above + x - bytes] & 0xff;
            int toLeft = Math.abs(up - diagonal);
            int toUp = Math.abs(left - diagonal);
            int toDiagonal = Math.abs(left + up - 2 * diagonal);
            boolean isLeft = toLeft <= toUp && toLeft <= toDiagonal;
            rows[from + x] += (byte) (isLeft ? left : toUp <= toDiagonal ? up : diagonal);
        }
    }
}
