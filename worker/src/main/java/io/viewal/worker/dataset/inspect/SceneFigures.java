package io.viewal.worker.dataset.inspect;

import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.DepthRange;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.superpixel.RegionIds;
import java.util.ArrayList;
import java.util.List;

/** Adds up the figures of a scene, frame by frame. */
final class SceneFigures {

    private static final int LABELS = 256;
    private static final double NEAR = 0.05;
    private static final double FAR = 0.95;

    private final long[] classPixels = new long[LABELS];
    private final DepthRange range = new DepthRange();
    private final List<String> problems = new ArrayList<>();
    private final SuperpixelCeiling ceiling;
    private long pixels;
    private long regions;
    private int framesWithRegions;

    /** @param ceiling of all scenes */
    SceneFigures(SuperpixelCeiling ceiling) {
        this.ceiling = ceiling;
    }

    void add(SourceFrame frame) {
        pixels += frame.depth().length;
        long known = range.known();
        range.add(frame.depth());
        if (known == range.known()) {
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
        try {
            range.requirePlausible();
        } catch (InvalidInputException e) {
            problems.add("Scene '" + scene + "': " + e.getMessage());
        }
        return new SceneReport(
                scene,
                frames,
                labeledFrames,
                pixels == 0 ? 0 : (double) range.known() / pixels,
                range.percentile(NEAR).orElse(0),
                range.percentile(FAR).orElse(0),
                framesWithRegions == 0 ? 0 : (double) regions / framesWithRegions,
                classPixels,
                List.copyOf(problems));
    }
}
