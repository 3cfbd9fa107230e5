package io.viewal.worker.geometry;

import io.viewal.worker.dataset.CameraPose;
import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.kernel.PixelBlock;
import java.util.Arrays;

/**
 * What a block of a frame's pixels can see, as six planes in the world or in a camera's coordinates.
 *
 * @param planes [6][4]: a point (x, y, z) is inside a plane when {@code p0·x + p1·y + p2·z + p3 ≥ 0}
 */
record ViewVolume(double[][] planes) {

    /** Half a pixel for rounding, and as much again to err on the safe side. */
    private static final double BORDER_PIXELS = 1;

    /** A millimetre for poses that are a rotation only up to float32, and for single precision within a kilometre. */
    private static final double SLACK = 1e-3;

    /** The volume from {@code nearest} to {@code farthest} metres along the camera's axis, in the world. */
    static ViewVolume of(Frame frame, PixelBlock block, double nearest, double farthest) {
        Intrinsics k = frame.intrinsics();
        double left = (block.fromColumn() - BORDER_PIXELS - k.cx()) / k.fx();
        double right = (block.toColumn() - 1 + BORDER_PIXELS - k.cx()) / k.fx();
        double top = (block.fromRow() - BORDER_PIXELS - k.cy()) / k.fy();
        double bottom = (block.toRow() - 1 + BORDER_PIXELS - k.cy()) / k.fy();
        double[][] camera = {
            {1, 0, -left, 0},
            {-1, 0, right, 0},
            {0, 1, -top, 0},
            {0, -1, bottom, 0},
            {0, 0, 1, -nearest},
            {0, 0, -1, farthest}
        };
        double[][] world = new double[camera.length][];
        double[] pose = frame.pose().matrix();
        for (int i = 0; i < camera.length; i++) {
            world[i] = toWorld(camera[i], pose);
        }
        return new ViewVolume(world);
    }

    /** A plane n·c + e in camera coordinates c = Rᵀ(w − t) is (Rn)·w + e − (Rn)·t in the world. */
    private static double[] toWorld(double[] plane, double[] pose) {
        double[] normal = new double[3];
        for (int r = 0; r < 3; r++) {
            normal[r] = pose[4 * r] * plane[0] + pose[4 * r + 1] * plane[1] + pose[4 * r + 2] * plane[2];
        }
        double offset = plane[3] - normal[0] * pose[3] - normal[1] * pose[7] - normal[2] * pose[11];
        return new double[] {normal[0], normal[1], normal[2], offset};
    }

    /** The same volume of the world in a camera's coordinates: with w = Rc + t, n·w + e is (Rᵀn)·c + n·t + e. */
    ViewVolume seenFrom(CameraPose camera) {
        double[] pose = camera.matrix();
        double[][] seen = new double[planes.length][4];
        for (int i = 0; i < planes.length; i++) {
            double[] p = planes[i];
            for (int axis = 0; axis < 3; axis++) {
                seen[i][axis] = p[0] * pose[axis] + p[1] * pose[4 + axis] + p[2] * pose[8 + axis];
            }
            seen[i][3] = p[0] * pose[3] + p[1] * pose[7] + p[2] * pose[11] + p[3];
        }
        return new ViewVolume(seen);
    }

    /** False only when the box lies wholly outside one of the planes. */
    boolean mayMeet(double[] box) {
        for (double[] p : planes) {
            double x = p[0] >= 0 ? box[3] : box[0];
            double y = p[1] >= 0 ? box[4] : box[1];
            double z = p[2] >= 0 ? box[5] : box[2];
            if (p[0] * x + p[1] * y + p[2] * z + p[3] < -SLACK) {
                return false;
            }
        }
        return true;
    }

    /**
     * For many boxes at once, a number that is below zero or NaN only when {@link #mayMeet} is false, or the box NaN.
     *
     * @param boxes float32 [6][boxes], see {@link TileBounds}
     */
    float[] margins(float[][] boxes) {
        float[] margins = new float[boxes[0].length];
        Arrays.fill(margins, Float.MAX_VALUE);
        for (double[] p : planes) {
            lower(margins, p, boxes[p[0] >= 0 ? 3 : 0], boxes[p[1] >= 0 ? 4 : 1], boxes[p[2] >= 0 ? 5 : 2]);
        }
        return margins;
    }

    /** A loop by itself, for the compiler to use vectors. */
    private static void lower(float[] margins, double[] plane, float[] x, float[] y, float[] z) {
        float a = (float) plane[0];
        float b = (float) plane[1];
        float c = (float) plane[2];
        float d = (float) (plane[3] + SLACK);
        for (int i = 0; i < margins.length; i++) {
            margins[i] = Math.min(margins[i], a * x[i] + b * y[i] + c * z[i] + d);
        }
    }
}
