package io.viewal.worker.acquisition;

import java.util.List;
import java.util.SplittableRandom;

/** RAND of the paper's comparison: whole frames in random order, drawn from the round's seed and the frame's name. */
public final class RandomFrames implements AcquisitionStrategy {

    @Override
    public String name() {
        return "Random";
    }

    @Override
    public List<RegionScore> score(FrameView view) {
        SceneView scene = view.scene();
        long seed = Seeds.of(scene.round().seed(), scene.name(), view.name());
        return RegionScore.ofFrame(view, new SplittableRandom(seed).nextDouble());
    }
}
