package io.viewal.worker.acquisition;

import io.viewal.worker.geometry.SceneGeometry;
import io.viewal.worker.geometry.SceneGeometry.Target;
import io.viewal.worker.kernel.Hits;
import java.util.Arrays;

/**
 * The points of all frames that hit the pixels of some targets, gathered by pixel. Buffers are kept for the next targets,
 * so that memory follows the most that is gathered at a time, not the scene.
 */
final class CrossProjectedHits {

    private final SceneGeometry geometry;
    private final Hits found = new Hits();
    private int[] start = new int[1];
    private int[] rows = new int[0];
    private int pixels;

    CrossProjectedHits(SceneGeometry geometry) {
        this.geometry = geometry;
    }

    /** Forgets all targets. */
    void clear() {
        pixels = 0;
    }

    /** Pixels of the targets so far. */
    int pixels() {
        return pixels;
    }

    /** Points that hit them. */
    int count() {
        return start[pixels];
    }

    /** Projects every frame into a target, whose pixels come after those of the targets before. */
    void add(Target target) {
        found.clear();
        for (int source = 0; source < geometry.frames().size(); source++) {
            found.startFrame(source * geometry.size().pixels());
            geometry.project(source, target, found);
        }
        sortByTarget(target.block().size());
    }

    /** Where each pixel's hits begin and, at the next pixel, end. */
    int[] start() {
        return start;
    }

    /** Rows (frame · height · width + pixel), in frame order for each target pixel. */
    int[] rows() {
        return rows;
    }

    /** A counting sort, which keeps the order of sources. */
    private void sortByTarget(int more) {
        int count = found.count();
        int[] points = found.points();
        int[] targets = found.pixels();
        int first = pixels;
        int before = start[first];
        start = withRoom(start, first + more + 2);
        rows = withRoom(rows, before + count);
        // Counted two places on, so that filling moves each start to where it belongs.
        Arrays.fill(start, first + 1, first + more + 2, 0);
        for (int i = 0; i < count; i++) {
            start[first + targets[i] + 2]++;
        }
        start[first + 1] = before;
        for (int pixel = first + 2; pixel < first + more + 2; pixel++) {
            start[pixel] += start[pixel - 1];
        }
        for (int i = 0; i < count; i++) {
            rows[start[first + targets[i] + 1]++] = points[i];
        }
        pixels += more;
    }

    private static int[] withRoom(int[] array, int length) {
        return array.length >= length ? array : Arrays.copyOf(array, Math.max(length, 2 * array.length));
    }
}
