package io.viewal.worker.dataset.interchange;

import io.viewal.worker.dataset.Intrinsics;

/** Turns the distance along each pixel's ray into the distance along the camera's axis. */
public final class AxisDepth {

    private AxisDepth() {}

    /**
     * {@code z = r / √(1 + ((x − cx) / fx)² + ((y − cy) / fy)²)}; 0 stays 0.
     *
     * @param ray float32 [height, width]; not changed
     * @param width of the image in pixels
     * @return float32 [height, width]
     */
    public static float[] ofRays(float[] ray, Intrinsics k, int width) {
        float[] axis = new float[ray.length];
        for (int p = 0; p < axis.length; p++) {
            double x = (p % width - k.cx()) / k.fx();
            double y = (p / width - k.cy()) / k.fy();
            axis[p] = (float) (ray[p] / Math.sqrt(1 + x * x + y * y));
        }
        return axis;
    }
}
