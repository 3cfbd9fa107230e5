package io.viewal.worker.dataset.inspect;

import io.viewal.worker.dataset.VoidLabel;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The best mean intersection over union that labels of whole superpixels allow: each superpixel gets its most frequent
 * class, the lower id on a tie, as from a labeler who never errs and gives a region one class. Pixels without a label don't
 * count.
 */
public final class SuperpixelCeiling {

    private static final int CLASSES = VoidLabel.ID;

    private final long[] truth = new long[CLASSES];
    private final long[] given = new long[CLASSES];
    private final long[] right = new long[CLASSES];

    /**
     * Adds a frame.
     *
     * @param labels uint8 [height, width], 255 = void
     * @param superpixels uint16 [height, width]
     */
    public void add(byte[] labels, char[] superpixels) {
        int regions = 0;
        for (char region : superpixels) {
            regions = Math.max(regions, region + 1);
        }
        int[] counts = new int[regions * CLASSES];
        for (int p = 0; p < labels.length; p++) {
            int label = Byte.toUnsignedInt(labels[p]);
            if (label != VoidLabel.ID) {
                counts[superpixels[p] * CLASSES + label]++;
            }
        }
        for (int region = 0; region < regions; region++) {
            addRegion(counts, region * CLASSES);
        }
    }

    private void addRegion(int[] counts, int from) {
        int best = 0;
        long pixels = 0;
        for (int c = 0; c < CLASSES; c++) {
            truth[c] += counts[from + c];
            pixels += counts[from + c];
            best = counts[from + c] > counts[from + best] ? c : best;
        }
        given[best] += pixels;
        right[best] += counts[from + best];
    }

    /** The sums of the frames added so far: for each class that occurs, pixels that are it, that are given it, and both. */
    public SortedMap<Integer, List<Long>> sums() {
        SortedMap<Integer, List<Long>> sums = new TreeMap<>();
        for (int c = 0; c < CLASSES; c++) {
            if (truth[c] > 0) {
                sums.put(c, List.of(truth[c], given[c], right[c]));
            }
        }
        return sums;
    }

    /** Adds the sums of other frames. */
    public void add(Map<Integer, List<Long>> sums) {
        sums.forEach((c, sum) -> {
            truth[c] += sum.get(0);
            given[c] += sum.get(1);
            right[c] += sum.get(2);
        });
    }

    /** The mean over the classes that occur, 0 to 1; NaN when no labeled pixel was added. */
    public double meanIoU() {
        double sum = 0;
        int classes = 0;
        for (int c = 0; c < CLASSES; c++) {
            if (truth[c] > 0) {
                sum += (double) right[c] / (truth[c] + given[c] - right[c]);
                classes++;
            }
        }
        return sum / classes;
    }
}
