package io.viewal.worker.stage;

import io.viewal.worker.artifact.Effort;
import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.artifact.LabelSet.FrameKey;
import io.viewal.worker.artifact.LabeledRegion;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.oracle.AnnotationCost;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the regions of a label set of version 1 took, which it does not tell: answers were exact then, so that their labels
 * have the outlines that were drawn.
 */
final class EarlierEffort {

    private EarlierEffort() {}

    /** Fills in what is not known. */
    static void complete(LabelSet labels, PreparedDataset dataset) throws IOException {
        Map<LabeledRegion, Effort> efforts = new HashMap<>();
        for (FrameKey frame : labels.frames()) {
            List<LabeledRegion> regions = labels.regions(frame);
            if (regions.stream().anyMatch(region -> region.effort().isEmpty())) {
                PreparedScene scene = dataset.scene(dataset.manifest().scene(frame.scene()));
                char[] superpixels = scene.superpixels(SceneFrames.index(scene, frame.frame()));
                byte[] map = labels.labels(frame);
                BitSet drawn = new BitSet();
                for (LabeledRegion region : regions) {
                    BitSet pixels = region.region().pixels(superpixels, labels.size());
                    pixels.andNot(drawn);
                    drawn.or(pixels);
                    efforts.put(region, AnnotationCost.drawing(map, pixels, labels.size()));
                }
            }
        }
        labels.complete(efforts::get);
    }
}
