package io.viewal.worker.acquisition;

import io.viewal.worker.geometry.SceneGeometry;
import io.viewal.worker.kernel.Projection;
import java.util.Arrays;

/** The points of all frames that hit the pixels of one frame, gathered by pixel. Buffers are kept for the next frame. */
final class CrossProjectedHits {

    private final SceneGeometry geometry;
    private final int pixels;
    private final int[] start;
    private final int[] fill;
    private int[] targets = new int[0];
    private int[] sources = new int[0];
    private int[] hits = new int[0];
    private int count;

    CrossProjectedHits(SceneGeometry geometry) {
        this.geometry = geometry;
        this.pixels = geometry.size().pixels();
        this.start = new int[pixels + 1];
        this.fill = new int[pixels];
    }

    /** Projects every frame into the target. */
    void gather(int target) {
        count = 0;
        float[] targetDepth = geometry.depth(target);
        int[] landed = new int[pixels];
        for (int source = 0; source < geometry.frames().size(); source++) {
            int landing = geometry.project(source, target, targetDepth, landed);
            if (landing > 0) {
                append(source, landed, landing);
            }
        }
        sortByTarget();
    }

    /** Where each pixel's hits begin: int32 [height · width + 1]. */
    int[] start() {
        return start;
    }

    /** Rows (frame · height · width + pixel), in frame order for each target pixel. */
    int[] hits() {
        return hits;
    }

    private void append(int source, int[] landed, int landing) {
        if (count + landing > targets.length) {
            int capacity = Math.max(count + landing, targets.length * 3 / 2);
            targets = Arrays.copyOf(targets, capacity);
            sources = Arrays.copyOf(sources, capacity);
        }
        int first = source * pixels;
        for (int pixel = 0; pixel < pixels; pixel++) {
            if (landed[pixel] != Projection.MISS) {
                targets[count] = landed[pixel];
                sources[count++] = first + pixel;
            }
        }
    }

    /** A counting sort, which keeps the order of sources. */
    private void sortByTarget() {
        Arrays.fill(start, 0);
        for (int i = 0; i < count; i++) {
            start[targets[i] + 1]++;
        }
        for (int pixel = 0; pixel < pixels; pixel++) {
            start[pixel + 1] += start[pixel];
        }
        System.arraycopy(start, 0, fill, 0, pixels);
        if (hits.length < count) {
            hits = new int[targets.length];
        }
        for (int i = 0; i < count; i++) {
            hits[fill[targets[i]]++] = sources[i];
        }
    }
}
