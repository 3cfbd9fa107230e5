package io.viewal.worker.stage;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.artifact.Effort;
import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.artifact.LabelSet.FrameKey;
import io.viewal.worker.artifact.LabeledRegion;
import io.viewal.worker.artifact.SelectionCsv;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.oracle.Oracle;
import java.io.IOException;
import java.util.BitSet;
import java.util.Optional;

/** A frame whose regions the oracle is asked about; its labels grow with each answer. */
final class OracleFrame {

    private final Oracle oracle;
    private final FrameKey key;
    private final Oracle.View view;
    private final byte[] labels;
    private final BitSet labeled;

    private OracleFrame(Oracle oracle, FrameKey key, Oracle.View view, byte[] labels, BitSet labeled) {
        this.oracle = oracle;
        this.key = key;
        this.view = view;
        this.labels = labels;
        this.labeled = labeled;
    }

    /**
     * Opens a frame.
     *
     * @param labels so far; not changed
     * @throws InvalidInputException (InvalidLabels) when its ground truth has an id that is no class
     */
    static OracleFrame open(PreparedDataset dataset, LabelSet labels, Oracle oracle, FrameKey key) throws IOException {
        PreparedScene scene = dataset.scene(dataset.manifest().scene(key.scene()));
        int index = SceneFrames.index(scene, key.frame());
        byte[] truth =
                requireClasses(scene.labels(index), dataset.manifest().classes().size(), key);
        char[] superpixels = scene.superpixels(index);
        Oracle.View view =
                new Oracle.View(key, truth, superpixels, dataset.manifest().size());
        return new OracleFrame(oracle, key, view, labels.labels(key), labels.labeledPixels(key, superpixels));
    }

    /**
     * Asks the oracle about what is new of a region: regions of two kinds may share pixels, and nobody is asked twice.
     *
     * @return empty when it can't be labeled
     */
    Optional<LabeledRegion> ask(SelectionCsv.Row row, int round) {
        BitSet pixels = row.region().pixels(view.superpixels(), view.size());
        pixels.andNot(labeled);
        Optional<Effort> effort = oracle.label(view, row.region(), pixels, labels);
        if (effort.isEmpty()) {
            return Optional.empty();
        }
        labeled.or(pixels);
        return Optional.of(new LabeledRegion(
                row.scene(), row.frame(), row.region(), pixels.cardinality(), round, row.rank(), effort));
    }

    FrameKey key() {
        return key;
    }

    /** The labels so far and those of the answers: uint8 [height, width]. */
    byte[] labels() {
        return labels;
    }

    /** Whether any pixel has ground truth. */
    boolean hasTruth() {
        return !VoidLabel.fills(view.truth());
    }

    private static byte[] requireClasses(byte[] truth, int classes, FrameKey frame) {
        for (byte label : truth) {
            int id = label & 0xff;
            if (id >= classes && id != VoidLabel.ID) {
                throw new InvalidInputException(
                        Reason.InvalidLabels,
                        "Frame '" + frame.frame() + "' of scene '" + frame.scene() + "' has the label " + id
                                + ": expected 0 to " + (classes - 1) + ", or 255 for void; correct the labels or the "
                                + "class list");
            }
        }
        return truth;
    }
}
