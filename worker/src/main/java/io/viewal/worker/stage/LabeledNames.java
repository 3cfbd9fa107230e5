package io.viewal.worker.stage;

import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.artifact.LabelSet.FrameKey;
import io.viewal.worker.artifact.LabeledRegion;
import io.viewal.worker.artifact.RegionNamesCsv;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.dataset.Region;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds what may not be chosen again, whatever kind of region an earlier round labeled. */
final class LabeledNames {

    private final LabelSet labels;
    private final PreparedDataset dataset;

    LabeledNames(LabelSet labels, PreparedDataset dataset) {
        this.labels = labels;
        this.dataset = dataset;
    }

    /** The labeled regions, the frames all of which is labeled, and the superpixels that labeled windows cover. */
    List<RegionNamesCsv.Row> all() throws IOException {
        List<RegionNamesCsv.Row> names = new ArrayList<>();
        for (FrameKey frame : labels.frames()) {
            List<LabeledRegion> regions = labels.regions(frame);
            regions.forEach(region -> names.add(name(frame, region.region())));
            long pixels = regions.stream().mapToLong(LabeledRegion::pixels).sum();
            if (pixels >= dataset.manifest().size().pixels()) {
                names.add(name(frame, Region.WHOLE_FRAME));
            } else if (regions.stream().anyMatch(region -> region.region() instanceof Region.Window)) {
                covered(frame).forEach(id -> names.add(name(frame, new Region.Superpixel(id))));
            }
        }
        return names;
    }

    /** The superpixels of a frame of which every pixel is labeled. */
    private Set<Integer> covered(FrameKey frame) throws IOException {
        PreparedScene scene = dataset.scene(dataset.manifest().scene(frame.scene()));
        char[] superpixels = scene.superpixels(SceneFrames.index(scene, frame.frame()));
        BitSet labeled = labels.labeledPixels(frame, superpixels);
        Set<Integer> covered =
                labeled.stream().mapToObj(pixel -> (int) superpixels[pixel]).collect(Collectors.toSet());
        for (int pixel = labeled.nextClearBit(0); pixel < superpixels.length; pixel = labeled.nextClearBit(pixel + 1)) {
            covered.remove((int) superpixels[pixel]);
        }
        return covered;
    }

    private static RegionNamesCsv.Row name(FrameKey frame, Region region) {
        return new RegionNamesCsv.Row(frame.scene(), frame.frame(), region);
    }
}
