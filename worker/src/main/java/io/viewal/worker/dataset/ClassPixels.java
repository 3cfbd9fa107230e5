package io.viewal.worker.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** How many pixels of label maps each class has. Safe for use by several threads. */
public final class ClassPixels {

    /** Void above this share is worth a word. */
    private static final double MUCH = 0.5;

    private final long[] counts = new long[VoidLabel.ID + 1];

    /**
     * Adds a label map.
     *
     * @param labels uint8 class ids, 255 = void
     * @return whether one of them is no void
     */
    public synchronized boolean add(byte[] labels) {
        long before = counts[VoidLabel.ID];
        for (byte label : labels) {
            counts[Byte.toUnsignedInt(label)]++;
        }
        return counts[VoidLabel.ID] - before < labels.length;
    }

    /** Adds what {@link #counts()} gave. */
    public synchronized void add(Map<Integer, Long> more) {
        more.forEach((id, pixels) -> counts[id] += pixels);
    }

    /** Pixels by class id, of those that have any. */
    public synchronized Map<Integer, Long> counts() {
        Map<Integer, Long> present = new TreeMap<>();
        for (int id = 0; id < counts.length; id++) {
            if (counts[id] > 0) {
                present.put(id, counts[id]);
            }
        }
        return present;
    }

    /**
     * What is odd about the labels, a clause each; empty when nothing is, or there are none.
     *
     * @param classes names in id order
     */
    public synchronized List<String> notes(List<String> classes) {
        List<String> notes = new ArrayList<>();
        long all = IntStream.range(0, counts.length).mapToLong(id -> counts[id]).sum();
        long known = all - counts[VoidLabel.ID];
        if (all == 0) {
            return notes;
        }
        List<String> absent = IntStream.range(0, classes.size())
                .filter(id -> counts[id] == 0)
                .mapToObj(id -> "'" + classes.get(id) + "'")
                .toList();
        if (!absent.isEmpty()) {
            notes.add((absent.size() == 1 ? "the class " : "the classes ") + String.join(", ", absent) + " never "
                    + (absent.size() == 1 ? "occurs" : "occur"));
        }
        if (known == counts[0] && counts[VoidLabel.ID] > 0 && classes.size() > 1) {
            notes.add(
                    "label maps have only 0 and 255, and 255 is void: write the class's id in place of 255 in masks of"
                            + " one object");
        }
        double unlabeled = (double) counts[VoidLabel.ID] / all;
        if (unlabeled > MUCH) {
            notes.add(String.format(Locale.ROOT, "%.0f%% of the pixels of label maps are void", 100 * unlabeled));
        }
        return notes;
    }
}
