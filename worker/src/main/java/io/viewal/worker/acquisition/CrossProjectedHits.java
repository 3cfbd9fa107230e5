package io.viewal.worker.acquisition;

import io.viewal.worker.geometry.SceneGeometry;
import io.viewal.worker.geometry.SceneGeometry.Rows;
import io.viewal.worker.kernel.Hits;
import java.util.Arrays;

/**
 * The points of all frames that hit the pixels of some rows of one frame, gathered by pixel. Buffers are kept for the next
 * rows, so that memory follows the most hits of a band of rows, not the scene.
 */
final class CrossProjectedHits {

    private final SceneGeometry geometry;
    private final int[] start;
    private final Hits found = new Hits();
    private int[] rowsOfHits = new int[0];

    CrossProjectedHits(SceneGeometry geometry) {
        this.geometry = geometry;
        // One more than the pixels and their end: see sortByTarget().
        this.start = new int[geometry.size().pixels() + 2];
    }

    /** Projects every frame into rows of the target. */
    void gather(int target, float[] targetDepth, Rows rows) {
        found.clear();
        for (int source = 0; source < geometry.frames().size(); source++) {
            found.startFrame(source * geometry.size().pixels());
            geometry.project(source, target, targetDepth, rows, found);
        }
        sortByTarget();
    }

    /** Where each pixel's hits begin and, at the next pixel, end. */
    int[] start() {
        return start;
    }

    /** Rows (frame · height · width + pixel), in frame order for each target pixel. */
    int[] hits() {
        return rowsOfHits;
    }

    /** A counting sort, which keeps the order of sources. */
    private void sortByTarget() {
        int count = found.count();
        int[] points = found.points();
        int[] pixels = found.pixels();
        if (rowsOfHits.length < count) {
            rowsOfHits = new int[points.length];
        }
        // Counted two places on, so that filling moves each start to where it belongs.
        Arrays.fill(start, 0);
        for (int i = 0; i < count; i++) {
            start[pixels[i] + 2]++;
        }
        for (int pixel = 2; pixel < start.length; pixel++) {
            start[pixel] += start[pixel - 1];
        }
        for (int i = 0; i < count; i++) {
            rowsOfHits[start[pixels[i] + 1]++] = points[i];
        }
    }
}
