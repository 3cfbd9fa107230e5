package io.viewal.worker.oracle;

import io.viewal.contract.LabelParameters.Answer;
import io.viewal.worker.artifact.Effort;
import io.viewal.worker.dataset.Region;
import io.viewal.worker.dataset.VoidLabel;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The oracle that answers by the data set's own labels.
 *
 * <p>{@code Exact} gives each pixel of a region its own label, as the published code does; a region of which every pixel is
 * void can't be labeled. {@code Dominant} gives all pixels of a region, void ones too, the class that most of them have, the
 * lowest id of several; a region of which more than half the pixels are void can't be labeled. A whole frame is answered
 * superpixel by superpixel then, as nobody would give it one class: those that can't be labeled stay void.
 *
 * @param answer what it says of a region
 */
public record GroundTruth(Answer answer) implements Oracle {

    private static final int IDS = 256;

    /** {@inheritDoc} The effort is that of {@link AnnotationCost}. */
    @Override
    public Optional<Effort> label(View view, Region region, BitSet pixels, byte[] labels) {
        if (pixels.isEmpty()) {
            return Optional.of(Effort.NONE);
        }
        return switch (answer) {
            case Exact -> exact(view, pixels, labels);
            case Dominant -> dominant(view, region, pixels, labels);
        };
    }

    private static Optional<Effort> exact(View view, BitSet pixels, byte[] labels) {
        if (pixels.stream().allMatch(pixel -> view.truth()[pixel] == (byte) VoidLabel.ID)) {
            return Optional.empty();
        }
        pixels.stream().forEach(pixel -> labels[pixel] = view.truth()[pixel]);
        return Optional.of(AnnotationCost.drawing(view.truth(), pixels, view.size()));
    }

    private static Optional<Effort> dominant(View view, Region region, BitSet pixels, byte[] labels) {
        int named = 0;
        for (BitSet part : parts(view, region, pixels)) {
            int label = dominant(view.truth(), part);
            if (label != VoidLabel.ID) {
                part.stream().forEach(pixel -> labels[pixel] = (byte) label);
                named++;
            }
        }
        return named == 0 ? Optional.empty() : Optional.of(AnnotationCost.naming(named));
    }

    private static Iterable<BitSet> parts(View view, Region region, BitSet pixels) {
        Map<Integer, BitSet> parts = new TreeMap<>();
        boolean whole = region instanceof Region.WholeFrame;
        pixels.stream()
                .forEach(pixel -> parts.computeIfAbsent(whole ? (int) view.superpixels()[pixel] : 0, id -> new BitSet())
                        .set(pixel));
        return parts.values();
    }

    /** The most frequent class, or void when more than half the pixels are. */
    private static int dominant(byte[] truth, BitSet pixels) {
        int[] counts = new int[IDS];
        pixels.stream().forEach(pixel -> counts[truth[pixel] & 0xff]++);
        if (2 * counts[VoidLabel.ID] > pixels.cardinality()) {
            return VoidLabel.ID;
        }
        int best = 0;
        for (int id = 0; id < VoidLabel.ID; id++) {
            best = counts[id] > counts[best] ? id : best;
        }
        return best;
    }
}
