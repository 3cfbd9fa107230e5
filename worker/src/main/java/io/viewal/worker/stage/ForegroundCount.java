package io.viewal.worker.stage;

import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.artifact.LabelSet.FrameKey;
import io.viewal.worker.dataset.VoidLabel;
import java.util.BitSet;
import java.util.Collection;

/**
 * How much of what the oracle labeled is foreground.
 *
 * @param labeled pixels with a class
 * @param foreground of them
 */
record ForegroundCount(long labeled, long foreground) {

    /** Counts the labels that these frames have so far. */
    static ForegroundCount of(LabelSet labels, Collection<FrameKey> frames, BitSet background) {
        long labeled = 0;
        long foreground = 0;
        for (FrameKey frame : frames) {
            for (byte label : labels.labels(frame)) {
                if (label != (byte) VoidLabel.ID) {
                    labeled++;
                    foreground += background.get(label & 0xff) ? 0 : 1;
                }
            }
        }
        return new ForegroundCount(labeled, foreground);
    }

    /** What has come since. */
    ForegroundCount since(ForegroundCount before) {
        return new ForegroundCount(labeled - before.labeled, foreground - before.foreground);
    }
}
