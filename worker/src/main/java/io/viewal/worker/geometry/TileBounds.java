package io.viewal.worker.geometry;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.kernel.PixelBlock;
import java.util.function.Consumer;

/**
 * Boxes around the points of a frame, along its camera's axes.
 *
 * @param size of the frame
 * @param boxes [tiles][6], row by row: least x, y, z and greatest x, y, z in metres; null for a tile without a known depth
 * @param whole around all of them; null when no depth is known
 */
record TileBounds(ImageSize size, double[][] boxes, double[] whole) {

    /** Rows of a tile. */
    static final int ROWS = 16;

    /** Columns of a tile. */
    static final int COLUMNS = 32;

    static TileBounds of(Intrinsics camera, float[] depth, ImageSize size) {
        double[][] boxes = new double[count(size.height(), ROWS) * count(size.width(), COLUMNS)][];
        double[] whole = null;
        for (int tile = 0; tile < boxes.length; tile++) {
            boxes[tile] = box(camera, depth, size, block(size, tile));
            whole = union(whole, boxes[tile]);
        }
        return new TileBounds(size, boxes, whole);
    }

    /** The greatest depth of the frame in metres, 0 when none is known. */
    double farthest() {
        return whole == null ? 0 : whole[5];
    }

    boolean mayMeet(ViewVolume volume) {
        return whole != null && volume.mayMeet(whole);
    }

    /**
     * Hands on the tiles that may meet a volume, side by side ones as one block.
     *
     * @param volume in this frame's camera coordinates; null for all tiles
     */
    void forEachRun(ViewVolume volume, Consumer<PixelBlock> action) {
        int across = count(size.width(), COLUMNS);
        for (int first = 0; first < boxes.length; first += across) {
            PixelBlock run = null;
            for (int tile = first; tile < first + across; tile++) {
                boolean meets = volume == null || boxes[tile] != null && volume.mayMeet(boxes[tile]);
                if (meets) {
                    PixelBlock block = block(size, tile);
                    run = run == null
                            ? block
                            : new PixelBlock(run.fromColumn(), run.fromRow(), block.toColumn(), run.toRow());
                } else if (run != null) {
                    action.accept(run);
                    run = null;
                }
            }
            if (run != null) {
                action.accept(run);
            }
        }
    }

    private static int count(int pixels, int perTile) {
        return (pixels + perTile - 1) / perTile;
    }

    private static PixelBlock block(ImageSize size, int tile) {
        int across = count(size.width(), COLUMNS);
        int column = tile % across * COLUMNS;
        int row = tile / across * ROWS;
        return new PixelBlock(
                column, row, Math.min(size.width(), column + COLUMNS), Math.min(size.height(), row + ROWS));
    }

    private static double[] box(Intrinsics k, float[] depth, ImageSize size, PixelBlock block) {
        float near = Float.POSITIVE_INFINITY;
        float far = 0;
        for (int y = block.fromRow(); y < block.toRow(); y++) {
            for (int x = block.fromColumn(); x < block.toColumn(); x++) {
                float d = depth[y * size.width() + x];
                if (d > 0 && d < Float.POSITIVE_INFINITY) {
                    near = Math.min(near, d);
                    far = Math.max(far, d);
                }
            }
        }
        if (far == 0) {
            return null;
        }
        double[] x = span((block.fromColumn() - k.cx()) / k.fx(), (block.toColumn() - 1 - k.cx()) / k.fx(), near, far);
        double[] y = span((block.fromRow() - k.cy()) / k.fy(), (block.toRow() - 1 - k.cy()) / k.fy(), near, far);
        return new double[] {x[0], y[0], near, x[1], y[1], far};
    }

    /** The range of slope · depth. */
    private static double[] span(double low, double high, double near, double far) {
        return new double[] {Math.min(low * near, low * far), Math.max(high * near, high * far)};
    }

    private static double[] union(double[] a, double[] b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        double[] union = new double[6];
        for (int i = 0; i < 3; i++) {
            union[i] = Math.min(a[i], b[i]);
            union[i + 3] = Math.max(a[i + 3], b[i + 3]);
        }
        return union;
    }
}
