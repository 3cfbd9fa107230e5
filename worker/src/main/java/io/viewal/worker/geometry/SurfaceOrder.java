package io.viewal.worker.geometry;

import io.viewal.worker.kernel.PixelBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Orders blocks of the frames of a scene along a Morton curve through the world, so that blocks that show the same surface
 * follow each other whatever frames they are of: what one of them reads from other frames is still in the cache when the
 * next one reads it.
 */
public final class SurfaceOrder {

    /** Bits of a cell's coordinate along each axis; the curve begins anew after that many cells. */
    private static final int BITS = 13;

    /** Bits of an item's index, beside those of its place in one number. */
    private static final int INDEX_BITS = 24;

    private final SceneGeometry geometry;
    private final double cell;

    /** @param cell edge of a cell of the curve, metres: about what a block shows */
    public SurfaceOrder(SceneGeometry geometry, double cell) {
        this.geometry = geometry;
        this.cell = cell;
    }

    /** A block of a frame. */
    public record Block(int frame, PixelBlock pixels) {}

    /**
     * Items along the curve; those in one cell in the order given.
     *
     * @param items at most 2²⁴
     */
    public <T> List<T> sorted(List<T> items, Function<T, Block> block) {
        if (items.size() > 1 << INDEX_BITS) {
            throw new IllegalArgumentException(items.size() + " items, expected at most " + (1 << INDEX_BITS));
        }
        long[] order = new long[items.size()];
        Arrays.parallelSetAll(order, i -> mortonCode(geometry.place(block.apply(items.get(i)))) << INDEX_BITS | i);
        Arrays.parallelSort(order);
        List<T> sorted = new ArrayList<>(order.length);
        for (long item : order) {
            sorted.add(items.get((int) item & (1 << INDEX_BITS) - 1));
        }
        return sorted;
    }

    /** The Morton code of a place: the bits of its cell's coordinates, interleaved. */
    private long mortonCode(double[] place) {
        long code = 0;
        for (int axis = 0; axis < place.length; axis++) {
            code |= spread((long) Math.floor(place[axis] / cell) + (1L << (BITS - 1))) << axis;
        }
        return code;
    }

    /** The lowest bits of a number, two places between each. */
    private static long spread(long coordinate) {
        long x = coordinate & (1 << BITS) - 1;
        x = (x | x << 32) & 0x1f00000000ffffL;
        x = (x | x << 16) & 0x1f0000ff0000ffL;
        x = (x | x << 8) & 0x100f00f00f00f00fL;
        x = (x | x << 4) & 0x10c30c30c30c30c3L;
        return (x | x << 2) & 0x1249249249249249L;
    }
}
