package io.viewal.worker.geometry;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.kernel.PixelBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * Boxes around the points of a frame, along its camera's axes: one for each tile of {@value #ROWS} × {@value #COLUMNS}
 * pixels and one for all.
 *
 * @param size of the frame
 * @param boxes float32 [6][tiles], tiles row by row: least x, y, z and greatest x, y, z in metres; NaN for a tile without a
 *     known depth
 * @param whole around all of them; null when no depth is known
 */
record TileBounds(ImageSize size, float[][] boxes, double[] whole) {

    /** Rows of a tile. */
    static final int ROWS = 8;

    /** Columns of a tile. */
    static final int COLUMNS = 16;

    static TileBounds of(Intrinsics camera, float[] depth, ImageSize size) {
        float[][] boxes = new float[6][count(size.height(), ROWS) * count(size.width(), COLUMNS)];
        double[] whole = null;
        for (int tile = 0; tile < boxes[0].length; tile++) {
            double[] box = box(camera, depth, size, block(size, tile));
            for (int i = 0; i < boxes.length; i++) {
                boxes[i][tile] = box == null ? Float.NaN : (float) box[i];
            }
            whole = union(whole, box);
        }
        return new TileBounds(size, boxes, whole);
    }

    /** The least and the greatest depth of the tiles in which a block lies: metres; infinite and 0 when unknown. */
    double[] depths(PixelBlock block) {
        double nearest = Double.POSITIVE_INFINITY;
        double farthest = 0;
        for (int row = block.fromRow() / ROWS; row < count(block.toRow(), ROWS); row++) {
            for (int tile = tile(row, block.fromColumn()); tile <= tile(row, block.toColumn() - 1); tile++) {
                // A tile without a known depth has NaN, which is neither less nor greater.
                nearest = boxes[2][tile] < nearest ? boxes[2][tile] : nearest;
                farthest = boxes[5][tile] > farthest ? boxes[5][tile] : farthest;
            }
        }
        return new double[] {nearest, farthest};
    }

    /** The tile in a row of tiles that has a pixel's column. */
    private int tile(int row, int column) {
        return row * count(size.width(), COLUMNS) + column / COLUMNS;
    }

    /** The middle of the box in a block's middle: metres; of the whole frame when that box has no depth. */
    double[] middle(PixelBlock block) {
        int row = (block.fromRow() + block.toRow()) / 2 / ROWS;
        int tile = tile(row, (block.fromColumn() + block.toColumn()) / 2);
        double[] middle = new double[3];
        for (int axis = 0; axis < middle.length && whole != null; axis++) {
            double own = ((double) boxes[axis][tile] + boxes[axis + 3][tile]) / 2;
            middle[axis] = Double.isNaN(own) ? (whole[axis] + whole[axis + 3]) / 2 : own;
        }
        return middle;
    }

    boolean mayMeet(ViewVolume volume) {
        return whole != null && volume.mayMeet(whole);
    }

    /**
     * The tiles that may meet a volume, side by side ones as one block.
     *
     * @param volume in this frame's camera coordinates
     */
    List<PixelBlock> meeting(ViewVolume volume) {
        List<PixelBlock> meeting = new ArrayList<>();
        float[] margins = volume.margins(boxes);
        int across = count(size.width(), COLUMNS);
        for (int first = 0; first < margins.length; first += across) {
            int tile = first;
            while (tile < first + across) {
                int start = tile;
                while (tile < first + across && margins[tile] >= 0) {
                    tile++;
                }
                if (tile > start) {
                    meeting.add(union(block(size, start), block(size, tile - 1)));
                } else {
                    tile++;
                }
            }
        }
        return meeting;
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

    private static PixelBlock union(PixelBlock first, PixelBlock last) {
        return new PixelBlock(first.fromColumn(), first.fromRow(), last.toColumn(), last.toRow());
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
