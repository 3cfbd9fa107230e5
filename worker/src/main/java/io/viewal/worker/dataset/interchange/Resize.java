package io.viewal.worker.dataset.interchange;

import io.viewal.worker.dataset.ImageSize;

/**
 * Brings images to another size, in integer arithmetic: the same bytes on every machine. Pixel centres map to pixel
 * centres of the scaled image.
 */
final class Resize {

    private Resize() {}

    /**
     * Nearest neighbour, for numbers that must not be mixed. The source pixel of {@code x} is
     * {@code floor((2x + 1) · source / (2 · target))}: at half size {@code source[2y + 1][2x + 1]}, as in the published
     * code.
     */
    static char[] nearest(IntegerImage image, ImageSize target) {
        int[] columns = nearest(image.size().width(), target.width());
        int[] rows = nearest(image.size().height(), target.height());
        char[] result = new char[target.pixels()];
        for (int y = 0; y < target.height(); y++) {
            int row = rows[y] * image.size().width();
            for (int x = 0; x < target.width(); x++) {
                result[y * target.width() + x] = image.values()[row + columns[x]];
            }
        }
        return result;
    }

    /** Colour: the mean over the pixel's area when it shrinks, bilinear when it grows, along each axis by itself. */
    static byte[] color(ColorImage image, ImageSize target) {
        if (image.size().equals(target)) {
            return image.rgb();
        }
        Taps columns = Taps.of(image.size().width(), target.width());
        Taps rows = Taps.of(image.size().height(), target.height());
        int height = image.size().height();
        int[] narrow = new int[target.width() * height * 3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < target.width(); x++) {
                for (int c = 0; c < 3; c++) {
                    narrow[(y * target.width() + x) * 3 + c] =
                            columns.apply(x, image.rgb(), y * image.size().width() * 3 + c);
                }
            }
        }
        byte[] result = new byte[target.pixels() * 3];
        int stride = target.width() * 3;
        for (int y = 0; y < target.height(); y++) {
            for (int i = 0; i < stride; i++) {
                result[y * stride + i] = (byte) rows.apply(y, narrow, i, stride);
            }
        }
        return result;
    }

    private static int[] nearest(int source, int target) {
        int[] index = new int[target];
        for (int i = 0; i < target; i++) {
            index[i] = (int) ((2L * i + 1) * source / (2L * target));
        }
        return index;
    }

    /**
     * Which source pixels a target pixel is the weighted mean of, along one axis; weights are in 1/4096 and sum to 4096.
     */
    private record Taps(int[] first, int[][] weights) {

        private static final int BITS = 12;
        private static final int ONE = 1 << BITS;

        /** Extra bits that values keep between the two passes. */
        private static final int KEPT = 4;

        static Taps of(int source, int target) {
            int[] first = new int[target];
            int[][] weights = new int[target][];
            for (int i = 0; i < target; i++) {
                if (target < source) {
                    area(i, source, target, first, weights);
                } else {
                    bilinear(i, source, target, first, weights);
                }
            }
            return new Taps(first, weights);
        }

        /** In units of 1/target source pixels, target pixel i covers [i · source, (i + 1) · source). */
        private static void area(int i, int source, int target, int[] first, int[][] weights) {
            long from = (long) i * source;
            long to = from + source;
            first[i] = (int) (from / target);
            int last = (int) ((to - 1) / target);
            int[] w = new int[last - first[i] + 1];
            long covered = 0;
            int given = 0;
            for (int k = 0; k < w.length; k++) {
                covered += Math.min(to, (first[i] + k + 1L) * target) - Math.max(from, (first[i] + (long) k) * target);
                int upToHere = (int) ((covered * ONE + source / 2) / source);
                w[k] = upToHere - given;
                given = upToHere;
            }
            weights[i] = w;
        }

        private static void bilinear(int i, int source, int target, int[] first, int[][] weights) {
            long position = Math.max(0, ((2L * i + 1) * source - target) * ONE / (2L * target));
            int left = (int) Math.min(position >> BITS, source - 1);
            int fraction = left == source - 1 ? 0 : (int) (position & (ONE - 1));
            first[i] = left;
            weights[i] = fraction == 0 ? new int[] {ONE} : new int[] {ONE - fraction, fraction};
        }

        /** First pass, along a row of interleaved bytes; the result has 4 more bits. */
        int apply(int i, byte[] values, int offset) {
            int sum = 0;
            for (int k = 0; k < weights[i].length; k++) {
                sum += weights[i][k] * Byte.toUnsignedInt(values[offset + (first[i] + k) * 3]);
            }
            return (sum + (ONE >> (KEPT + 1))) >> (BITS - KEPT);
        }

        /** Second pass, along a column; rounds to whole numbers. */
        int apply(int i, int[] values, int offset, int stride) {
            int sum = 0;
            for (int k = 0; k < weights[i].length; k++) {
                sum += weights[i][k] * values[offset + (first[i] + k) * stride];
            }
            return (sum + (1 << (BITS + KEPT - 1))) >> (BITS + KEPT);
        }
    }
}
