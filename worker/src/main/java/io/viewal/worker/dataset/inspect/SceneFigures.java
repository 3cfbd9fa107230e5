package io.viewal.worker.dataset.inspect;

import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.superpixel.RegionIds;
import java.util.ArrayList;
import java.util.List;

/** Adds up the figures of a scene, frame by frame. */
final class SceneFigures {

    private static final int LABELS = 256;
    /** Depths are counted in steps of a centimetre; the last step takes all beyond. */
    private static final int STEPS = 2000;

    private static final double STEPS_A_METRE = 100;

    private final long[] classPixels = new long[LABELS];
    private final long[] depthSteps = new long[STEPS];
    private final List<String> problems = new ArrayList<>();
    private final SuperpixelCeiling ceiling;
    private long pixels;
    private long knownDepths;
    private long regions;
    private int framesWithRegions;

    /** @param ceiling of all scenes */
    SceneFigures(SuperpixelCeiling ceiling) {
        this.ceiling = ceiling;
    }

    void add(SourceFrame frame) {
        pixels += frame.depth().length;
        long known = knownDepths;
        for (float metres : frame.depth()) {
            if (metres > 0) {
                knownDepths++;
                depthSteps[(int) Math.min(STEPS - 1, metres * STEPS_A_METRE)]++;
            }
        }
        if (known == knownDepths) {
            problems.add("Frame '" + frame.frame().name() + "' has no pixel of known depth");
        }
        if (frame.labels() != null) {
            for (byte label : frame.labels()) {
                classPixels[Byte.toUnsignedInt(label)]++;
            }
        }
        if (frame.superpixels() != null) {
            framesWithRegions++;
            char[] ids = frame.superpixels().clone();
            regions += RegionIds.compact(ids);
            if (frame.labels() != null) {
                ceiling.add(frame.labels(), ids);
            }
        }
    }

    void problem(String sentence) {
        problems.add(sentence);
    }

    SceneReport report(String scene, int frames, int labeledFrames) {
        return new SceneReport(
                scene,
                frames,
                labeledFrames,
                pixels == 0 ? 0 : (double) knownDepths / pixels,
                percentile(0.05),
                percentile(0.95),
                framesWithRegions == 0 ? 0 : (double) regions / framesWithRegions,
                classPixels,
                List.copyOf(problems));
    }

    private double percentile(double share) {
        long left = (long) Math.ceil(share * knownDepths);
        int step = 0;
        while (step < STEPS - 1 && left > depthSteps[step]) {
            left -= depthSteps[step++];
        }
        return knownDepths == 0 ? 0 : (step + 0.5) / STEPS_A_METRE;
    }
}
