package io.viewal.worker.dataset.synthetic;

import io.viewal.worker.dataset.CameraPose;

/**
 * Where a camera stands and where it looks.
 *
 * @param x position, metres
 * @param y position, metres
 * @param z position, metres
 * @param right 3 numbers: unit vector to the right of the image
 * @param down 3 numbers: unit vector to the bottom of the image
 * @param forward 3 numbers: unit vector along the axis
 */
record Viewpoint(double x, double y, double z, double[] right, double[] down, double[] forward) {

    /**
     * A camera that looks at a point.
     *
     * @param eye position, 3 numbers
     * @param target not straight above or below
     * @param roll turn about the axis, radians
     */
    static Viewpoint lookingAt(double[] eye, double[] target, double roll) {
        double fx = target[0] - eye[0];
        double fy = target[1] - eye[1];
        double fz = target[2] - eye[2];
        double norm = Math.sqrt(fx * fx + fy * fy + fz * fz);
        double[] forward = {fx / norm, fy / norm, fz / norm};
        // forward × up, with up along z.
        double level = Math.sqrt(fx * fx + fy * fy);
        double[] right = {fy / level, -fx / level, 0};
        double[] down = {
            forward[1] * right[2] - forward[2] * right[1],
            forward[2] * right[0] - forward[0] * right[2],
            forward[0] * right[1] - forward[1] * right[0]
        };
        double c = StrictMath.cos(roll);
        double s = StrictMath.sin(roll);
        double[] rolledRight = new double[3];
        double[] rolledDown = new double[3];
        for (int i = 0; i < 3; i++) {
            rolledRight[i] = c * right[i] + s * down[i];
            rolledDown[i] = c * down[i] - s * right[i];
        }
        return new Viewpoint(eye[0], eye[1], eye[2], rolledRight, rolledDown, forward);
    }

    /** Camera → world. */
    CameraPose pose() {
        return new CameraPose(new double[] {
            right[0],
            down[0],
            forward[0],
            x,
            right[1],
            down[1],
            forward[1],
            y,
            right[2],
            down[2],
            forward[2],
            z,
            0,
            0,
            0,
            1
        });
    }

    /** Aims a ray through a point of the image plane at distance 1; its parameter is then the depth along the axis. */
    void aim(Ray ray, double px, double py) {
        ray.from(x, y, z);
        ray.towards(
                forward[0] + px * right[0] + py * down[0],
                forward[1] + px * right[1] + py * down[1],
                forward[2] + px * right[2] + py * down[2]);
    }
}
