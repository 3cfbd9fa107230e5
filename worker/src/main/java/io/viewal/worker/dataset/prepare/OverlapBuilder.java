package io.viewal.worker.dataset.prepare;

import io.viewal.worker.dataset.PreparedScene;
import java.io.IOException;
import java.nio.file.Path;

/** Measures which superpixels of a scene overlap and writes the scene's {@code overlap.bin}. */
@FunctionalInterface
public interface OverlapBuilder {

    /**
     * Builds one scene's overlap index; equal scenes give equal bytes.
     *
     * @param distanceThreshold a point hits a pixel when their world points are closer than this, in metres
     * @param target the file to write
     */
    void build(PreparedScene scene, double distanceThreshold, Path target) throws IOException;
}
