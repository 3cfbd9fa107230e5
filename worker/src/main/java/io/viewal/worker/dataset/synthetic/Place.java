package io.viewal.worker.dataset.synthetic;

/**
 * A position and three perpendicular unit axes.
 *
 * @param x of the origin, metres
 * @param y of the origin, metres
 * @param z of the origin, metres
 * @param axes 9 numbers: the own x, y and z axis in the coordinates outside
 */
record Place(double x, double y, double z, double[] axes) {

    /** Upright, turned about the vertical by an angle in radians. */
    static Place upright(double x, double y, double z, double yaw) {
        double c = StrictMath.cos(yaw);
        double s = StrictMath.sin(yaw);
        return new Place(x, y, z, new double[] {c, s, 0, -s, c, 0, 0, 0, 1});
    }

    /** A component of one of the own axes. */
    double axis(int own, int component) {
        return axes[own * 3 + component];
    }

    /** A place given in this one's coordinates, in the coordinates outside. */
    Place within(Place inner) {
        double[] turned = new double[9];
        for (int own = 0; own < 3; own++) {
            for (int component = 0; component < 3; component++) {
                for (int k = 0; k < 3; k++) {
                    turned[own * 3 + component] += inner.axis(own, k) * axis(k, component);
                }
            }
        }
        return new Place(
                x + inner.x * axes[0] + inner.y * axes[3] + inner.z * axes[6],
                y + inner.x * axes[1] + inner.y * axes[4] + inner.z * axes[7],
                z + inner.x * axes[2] + inner.y * axes[5] + inner.z * axes[8],
                turned);
    }

    /** The same origin, tilted about the own x axis by an angle in radians. */
    Place tilted(double angle) {
        double c = StrictMath.cos(angle);
        double s = StrictMath.sin(angle);
        return within(new Place(0, 0, 0, new double[] {1, 0, 0, 0, c, s, 0, -s, c}));
    }
}
