package io.viewal.worker.stage;

import io.viewal.contract.Metric;
import io.viewal.worker.artifact.Effort;
import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Region;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.oracle.AnnotationCost;
import java.util.BitSet;
import java.util.Map;

/**
 * What a network was trained on, measured as the labels after a round are: what annotators were asked about, and what it
 * took them. Labels that nobody gave (propagated, pseudo) are not in it.
 *
 * @param pixels of all labeled regions, void ones included
 */
record TrainedOn(long pixels, int regions, Effort effort) {

    static TrainedOn of(LabelSet labels) {
        return new TrainedOn(labels.pixels(), labels.regions().size(), labels.effort());
    }

    /** Full supervision, as if each of these frames had been drawn whole; frames without a label are left out. */
    static TrainedOn frames(SceneFrames frames, ImageSize size) {
        BitSet whole = Region.WHOLE_FRAME.pixels(new char[size.pixels()], size);
        int labeled = 0;
        Effort effort = Effort.NONE;
        for (int frame = 0; frame < frames.size(); frame++) {
            byte[] labels = frames.labels(frame);
            if (!VoidLabel.fills(labels)) {
                labeled++;
                effort = effort.plus(AnnotationCost.drawing(labels, whole, size));
            }
        }
        return new TrainedOn((long) labeled * size.pixels(), labeled, effort);
    }

    Map<String, Double> metrics(DatasetManifest manifest) {
        return Map.of(
                Metric.TRAINED_ON_PIXELS, (double) pixels,
                Metric.TRAINED_ON_FRACTION, (double) pixels / manifest.trainPixels(),
                Metric.TRAINED_ON_REGIONS, (double) regions,
                Metric.TRAINED_ON_CLICKS, (double) effort.clicks(),
                Metric.TRAINED_ON_SECONDS, effort.seconds());
    }
}
