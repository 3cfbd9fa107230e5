package io.viewal.worker.dataset.importer.source;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.interchange.IntegerImage;

/** Depth that a layout has as floating-point numbers, as the interchange form's whole units. */
public final class FloatDepth {

    private static final int MOST = 0xffff;

    private FloatDepth() {}

    /**
     * Rounds to whole units. What is not positive, not a number, or beyond 65535 units becomes 0, unknown.
     *
     * @param depth float32 [height, width]
     * @param unit what one unit is in {@code depth}
     */
    public static IntegerImage units(ImageSize size, float[] depth, double unit) {
        char[] units = new char[depth.length];
        for (int p = 0; p < units.length; p++) {
            double rounded = Math.rint(depth[p] / unit);
            units[p] = rounded > 0 && rounded <= MOST ? (char) rounded : 0;
        }
        return new IntegerImage(size, 16, units);
    }
}
