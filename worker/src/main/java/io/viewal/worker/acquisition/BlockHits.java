package io.viewal.worker.acquisition;

import io.viewal.worker.geometry.SceneGeometry;
import io.viewal.worker.geometry.SurfaceOrder.Block;
import io.viewal.worker.kernel.Hits;
import io.viewal.worker.kernel.PixelBlock;
import io.viewal.worker.kernel.ProbabilityLayout;
import java.util.Arrays;

/**
 * The points of all frames that hit the pixels of a block, by pixel, in compressed sparse rows (CSR).
 *
 * @param numbers holds the row offsets, for each pixel the index in this array of its first hit, which for the pixel
 *     before is the end; and after them the hits, rows of the points (frame · height · width + pixel), for each pixel those of
 *     its own frame, then those of the others in frame order
 * @param start index of the first pixel's row offset
 */
record BlockHits(Block block, int[] numbers, int start) {

    /** Numbers in a cache line. */
    private static final int LINE = ProbabilityLayout.LINE / Integer.BYTES;

    /**
     * Projects every frame into a block.
     *
     * @param found a list to work with, overwritten
     * @param memory where the hits are kept
     */
    static BlockHits of(SceneGeometry geometry, Block block, Hits found, HitMemory memory) {
        SceneGeometry.Target target = geometry.target(block.frame(), block.pixels());
        found.clear();
        project(geometry, block.frame(), target, found);
        for (int source = 0; source < geometry.frames().size(); source++) {
            if (source != block.frame()) {
                project(geometry, source, target, found);
            }
        }
        return sorted(block, found, memory);
    }

    private static void project(SceneGeometry geometry, int source, SceneGeometry.Target target, Hits found) {
        found.startFrame(source * geometry.size().pixels());
        geometry.project(source, target, found);
    }

    /** A counting sort by pixel; it is stable, so that sources stay in order. */
    private static BlockHits sorted(Block block, Hits found, HitMemory memory) {
        int count = found.count();
        int[] points = found.points();
        int[] targets = found.pixels();
        // Counted two places on, so that filling moves each start to where it belongs; the last is not used then.
        int starts = block.pixels().size() + 2;
        HitMemory.Run run = memory.take(starts + count);
        int[] numbers = run.array();
        int start = run.from();
        int hits = start + starts;
        Arrays.fill(numbers, start, hits, 0);
        for (int i = 0; i < count; i++) {
            numbers[start + targets[i] + 2]++;
        }
        numbers[start] = hits;
        numbers[start + 1] = hits;
        for (int pixel = start + 2; pixel < hits; pixel++) {
            numbers[pixel] += numbers[pixel - 1];
        }
        for (int i = 0; i < count; i++) {
            numbers[numbers[start + targets[i] + 1]++] = points[i];
        }
        return new BlockHits(block, numbers, start);
    }

    /** The index of the row offset of a pixel of the frame. */
    int pixel(int row, int column) {
        return start
                + (row - block.pixels().fromRow()) * block.pixels().columns()
                + column
                - block.pixels().fromColumn();
    }

    /**
     * Prefetches the hits of some pixels: reads a number of each cache line, so that they come from memory side by side.
     *
     * @return something that needs them
     */
    int prefetch(PixelBlock pixels) {
        int sum = 0;
        for (int row = pixels.fromRow(); row < pixels.toRow(); row++) {
            int first = pixel(row, pixels.fromColumn());
            for (int hit = numbers[first]; hit < numbers[first + pixels.columns()]; hit += LINE) {
                sum += numbers[hit];
            }
        }
        return sum;
    }
}
