package io.viewal.worker.dataset.interchange;

import io.viewal.worker.dataset.ImageSize;
import java.util.Arrays;

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
        if (image.size().width() == 2 * target.width() && image.size().height() == 2 * target.height()) {
            return halved(image, target);
        }
        return scaled(image, target);
    }

    /** The way for all sizes. */
    static byte[] scaled(ColorImage image, ImageSize target) {
        Taps columns = Taps.of(image.size().width(), target.width());
        Taps rows = Taps.of(image.size().height(), target.height());
        int height = image.size().height();
        int stride = target.width() * 3;
        int[] narrow = new int[stride * height];
        for (int y = 0; y < height; y++) {
            columns.alongRow(image.rgb(), y * image.size().width() * 3, narrow, y * stride);
        }
        byte[] result = new byte[target.pixels() * 3];
        int[] sums = new int[stride];
        for (int y = 0; y < target.height(); y++) {
            rows.alongColumns(y, narrow, sums, result);
        }
        return result;
    }

    /** What the way for all sizes computes, in fewer steps: half of 640 × 480 is asked for most. */
    private static byte[] halved(ColorImage image, ImageSize target) {
        byte[] rgb = image.rgb();
        int stride = image.size().width() * 3;
        int[] sums = new int[stride];
        byte[] result = new byte[target.pixels() * 3];
        int to = 0;
        for (int y = 0; y < target.height(); y++) {
            int upper = 2 * y * stride;
            int lower = upper + stride;
            for (int i = 0; i < stride; i++) {
                sums[i] = (rgb[upper + i] & 0xff) + (rgb[lower + i] & 0xff);
            }
            for (int x = 0; x < stride; x += 6) {
                result[to] = (byte) (sums[x] + sums[x + 3] + 2 >> 2);
                result[to + 1] = (byte) (sums[x + 1] + sums[x + 4] + 2 >> 2);
                result[to + 2] = (byte) (sums[x + 2] + sums[x + 5] + 2 >> 2);
                to += 3;
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

        /** First pass: all pixels of a row of interleaved bytes; the results have 4 more bits. */
        void alongRow(byte[] values, int from, int[] results, int to) {
            for (int i = 0; i < weights.length; i++) {
                int red = 0;
                int green = 0;
                int blue = 0;
                int at = from + first[i] * 3;
                for (int weight : weights[i]) {
                    red += weight * Byte.toUnsignedInt(values[at]);
                    green += weight * Byte.toUnsignedInt(values[at + 1]);
                    blue += weight * Byte.toUnsignedInt(values[at + 2]);
                    at += 3;
                }
                results[to + 3 * i] = (red + (ONE >> (KEPT + 1))) >> (BITS - KEPT);
                results[to + 3 * i + 1] = (green + (ONE >> (KEPT + 1))) >> (BITS - KEPT);
                results[to + 3 * i + 2] = (blue + (ONE >> (KEPT + 1))) >> (BITS - KEPT);
            }
        }

        /**
         * Second pass: row i of the results, rounded to whole numbers.
         *
         * @param sums of one row; overwritten
         */
        void alongColumns(int i, int[] values, int[] sums, byte[] results) {
            Arrays.fill(sums, 1 << (BITS + KEPT - 1));
            int at = first[i] * sums.length;
            for (int weight : weights[i]) {
                for (int x = 0; x < sums.length; x++) {
                    sums[x] += weight * values[at + x];
                }
                at += sums.length;
            }
            for (int x = 0; x < sums.length; x++) {
                results[i * sums.length + x] = (byte) (sums[x] >> (BITS + KEPT));
            }
        }
    }
}
