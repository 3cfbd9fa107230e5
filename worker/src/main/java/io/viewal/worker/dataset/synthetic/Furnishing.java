package io.viewal.worker.dataset.synthetic;

import java.util.function.Consumer;

/**
 * A piece of furniture before it has a place.
 *
 * @param width along the wall, metres
 * @param depth out of the wall, metres
 * @param height above the floor, metres
 * @param builder makes its solids; the origin is on the floor in the middle of its back
 */
record Furnishing(double width, double depth, double height, Consumer<Assembly> builder) {

    void build(Assembly assembly) {
        builder.accept(assembly);
    }
}
