package io.viewal.worker.geometry;

import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;

/**
 * Boxes in the world around the points of a frame.
 *
 * @param boxes [tiles][6]: least x, y, z and greatest x, y, z in metres; null for a tile without a known depth
 * @param farthest the greatest depth of the frame in metres, 0 when none is known
 */
record TileBounds(double[][] boxes, double farthest) {

    static TileBounds of(Frame frame, float[] depth, ImageSize size) {
        int tiles = (size.height() + SceneGeometry.TILE_ROWS - 1) / SceneGeometry.TILE_ROWS;
        double[][] boxes = new double[tiles][];
        double farthest = 0;
        double[] pose = frame.pose().matrix();
        for (int tile = 0; tile < tiles; tile++) {
            int from = tile * SceneGeometry.TILE_ROWS;
            int to = Math.min(size.height(), from + SceneGeometry.TILE_ROWS);
            double[] camera = cameraBox(frame.intrinsics(), depth, size.width(), from, to);
            if (camera != null) {
                boxes[tile] = worldBox(camera, pose);
                farthest = Math.max(farthest, camera[5]);
            }
        }
        return new TileBounds(boxes, farthest);
    }

    int tiles() {
        return boxes.length;
    }

    boolean mayMeet(int tile, ViewVolume volume) {
        return boxes[tile] != null && volume.mayMeet(boxes[tile]);
    }

    private static double[] cameraBox(Intrinsics k, float[] depth, int width, int fromRow, int toRow) {
        float near = Float.POSITIVE_INFINITY;
        float far = 0;
        for (int i = fromRow * width; i < toRow * width; i++) {
            float d = depth[i];
            if (d > 0 && d < Float.POSITIVE_INFINITY) {
                near = Math.min(near, d);
                far = Math.max(far, d);
            }
        }
        if (far == 0) {
            return null;
        }
        double[] x = span(-k.cx() / k.fx(), (width - 1 - k.cx()) / k.fx(), near, far);
        double[] y = span((fromRow - k.cy()) / k.fy(), (toRow - 1 - k.cy()) / k.fy(), near, far);
        return new double[] {x[0], y[0], near, x[1], y[1], far};
    }

    /** The range of slope · depth. */
    private static double[] span(double low, double high, double near, double far) {
        return new double[] {Math.min(low * near, low * far), Math.max(high * near, high * far)};
    }

    private static double[] worldBox(double[] box, double[] pose) {
        double[] world = new double[6];
        for (int r = 0; r < 3; r++) {
            double least = pose[4 * r + 3];
            double greatest = least;
            for (int c = 0; c < 3; c++) {
                double a = pose[4 * r + c] * box[c];
                double b = pose[4 * r + c] * box[c + 3];
                least += Math.min(a, b);
                greatest += Math.max(a, b);
            }
            world[r] = least;
            world[r + 3] = greatest;
        }
        return world;
    }
}
