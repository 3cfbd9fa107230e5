package io.viewal.worker.oracle;

import io.viewal.worker.artifact.Effort;
import io.viewal.worker.artifact.LabelSet.FrameKey;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Region;
import java.util.BitSet;
import java.util.Optional;

/** Whoever says what regions show. */
public interface Oracle {

    /**
     * A frame with the regions that are asked about.
     *
     * @param truth the data set's labels: uint8 [height, width], 255 for void
     * @param superpixels uint16 [height, width]
     */
    record View(FrameKey frame, byte[] truth, char[] superpixels, ImageSize size) {}

    /**
     * Labels what is new of a region.
     *
     * @param pixels of the region that nobody had labeled, by index in row order; none takes no effort
     * @param labels uint8 [height, width]; these pixels are set, unless the region can't be labeled
     * @return what it took; empty when the region can't be labeled
     */
    Optional<Effort> label(View view, Region region, BitSet pixels, byte[] labels);
}
