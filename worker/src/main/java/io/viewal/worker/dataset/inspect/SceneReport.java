package io.viewal.worker.dataset.inspect;

import java.util.List;

/**
 * What an inspection found in a scene.
 *
 * @param scene its name
 * @param frames frames that it names
 * @param labeledFrames those with a label map
 * @param depthCoverage share of pixels with known depth, 0 to 1, over the frames that could be read
 * @param near 5th percentile of the known depths, metres
 * @param far 95th percentile of the known depths, metres
 * @param regions mean number of superpixels of the frames that bring them; 0 when none does
 * @param classPixels labeled pixels by class id; 256 numbers, void last
 * @param problems what is wrong, a sentence each
 */
public record SceneReport(
        String scene,
        int frames,
        int labeledFrames,
        double depthCoverage,
        double near,
        double far,
        double regions,
        long[] classPixels,
        List<String> problems) {}
