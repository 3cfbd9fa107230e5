package io.viewal.worker.acquisition;

import io.viewal.worker.geometry.SceneGeometry;
import io.viewal.worker.geometry.SurfaceOrder.Block;
import io.viewal.worker.kernel.Hits;

/**
 * The points of all frames that hit the pixels of a block, by pixel.
 *
 * @param start int32 [rows · columns + 2]: where each pixel's hits begin and, at the next pixel, end; the last is not used
 * @param rows of the points (frame · height · width + pixel), in frame order for each pixel
 */
record BlockHits(Block block, int[] start, int[] rows) {

    /**
     * Projects every frame into a block.
     *
     * @param found a list to work with, overwritten
     */
    static BlockHits of(SceneGeometry geometry, Block block, Hits found) {
        SceneGeometry.Target target = geometry.target(block.frame(), block.pixels());
        found.clear();
        for (int source = 0; source < geometry.frames().size(); source++) {
            found.startFrame(source * geometry.size().pixels());
            geometry.project(source, target, found);
        }
        return sorted(block, found);
    }

    /** A counting sort, which keeps the order of sources. */
    private static BlockHits sorted(Block block, Hits found) {
        int count = found.count();
        int[] points = found.points();
        int[] targets = found.pixels();
        // Counted two places on, so that filling moves each start to where it belongs.
        int[] start = new int[block.pixels().size() + 2];
        for (int i = 0; i < count; i++) {
            start[targets[i] + 2]++;
        }
        for (int pixel = 2; pixel < start.length; pixel++) {
            start[pixel] += start[pixel - 1];
        }
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) {
            rows[start[targets[i] + 1]++] = points[i];
        }
        return new BlockHits(block, start, rows);
    }

    /** How many. */
    int count() {
        return rows.length;
    }

    /** The number of a pixel of the frame in the block. */
    int pixel(int row, int column) {
        return (row - block.pixels().fromRow()) * block.pixels().columns()
                + column
                - block.pixels().fromColumn();
    }
}
