package io.viewal.worker.geometry;

import io.viewal.worker.kernel.PixelBlock;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Orders blocks of the frames of a scene along a curve through the world, so that blocks that show the same surface
 * follow each other whatever frames they are of: what one of them reads from other frames is still in the cache when the
 * next one reads it.
 */
public final class SurfaceOrder {

    private static final int BITS = 20;

    private final SceneGeometry geometry;
    private final double cell;

    /** @param cell edge of a cell of the curve, metres: about what a block shows */
    public SurfaceOrder(SceneGeometry geometry, double cell) {
        this.geometry = geometry;
        this.cell = cell;
    }

    /** A block of a frame. */
    public record Block(int frame, PixelBlock pixels) {}

    /** Items along the curve; those in one cell in the order given. */
    public <T> List<T> sorted(List<T> items, Function<T, Block> block) {
        record Placed<T>(T item, long place) {}
        return items.stream()
                .map(item -> new Placed<>(item, along(geometry.place(block.apply(item)))))
                .sorted(Comparator.comparingLong(Placed::place))
                .map(Placed::item)
                .toList();
    }

    /** Where a place lies along a Morton curve: the bits of its cell's coordinates, in turns. */
    private long along(double[] place) {
        long along = 0;
        for (int axis = 0; axis < place.length; axis++) {
            long coordinate = (long) Math.floor(place[axis] / cell) + (1L << (BITS - 1));
            for (int bit = 0; bit < BITS; bit++) {
                along |= (coordinate >> bit & 1) << (3 * bit + axis);
            }
        }
        return along;
    }
}
