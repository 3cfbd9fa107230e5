package io.viewal.worker.golden;

import io.viewal.worker.acquisition.FrameView;
import io.viewal.worker.acquisition.ProbabilityVolume;
import io.viewal.worker.acquisition.SceneView;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;

/** Frames of the golden scene as strategies see them, in mode reference. */
final class GoldenViews {

    private final Golden golden;
    private final ProbabilityVolume probabilities;

    GoldenViews(Golden golden, ProbabilityVolume probabilities) {
        this.golden = golden;
        this.probabilities = probabilities;
    }

    /** A frame without maps of its views. */
    FrameView view(int frame, float[] voteEntropy) throws IOException {
        SceneView scene =
                new SceneView("scene0007_00", Golden.SIZE, probabilities, new SceneView.Round(List.of(), 0, 0));
        BitSet voids = new BitSet();
        byte[] labels = golden.labels(frame);
        for (int pixel = 0; pixel < labels.length; pixel++) {
            voids.set(pixel, labels[pixel] == -1);
        }
        float[] votes = voteEntropy == null ? null : voteEntropy.clone();
        if (votes != null) {
            voids.stream().forEach(pixel -> votes[pixel] = 0);
        }
        return new FrameView(
                scene,
                "frame-" + frame,
                frame,
                golden.superpixels(frame),
                new FrameView.Maps(null, null, votes),
                new BitSet(),
                voids);
    }
}
