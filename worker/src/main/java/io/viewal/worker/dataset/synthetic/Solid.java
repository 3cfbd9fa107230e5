package io.viewal.worker.dataset.synthetic;

/**
 * One convex part of a room.
 *
 * @param shape its form
 * @param place centre and axes
 * @param half half its extent along each of its axes, in metres: 3 numbers
 * @param label its class; null: void
 * @param material its surface
 * @param transparent true lets sun and lamps through
 */
record Solid(Shape shape, Place place, double[] half, RoomClass label, Material material, boolean transparent) {

    /** Keeps rounding from cutting off a solid's rim, metres. */
    private static final double SLACK = 1e-6;

    /** Forms, all inscribed in the box of the half extents. */
    enum Shape {
        BOX,
        /** Upright along its own z axis. */
        CYLINDER,
        ELLIPSOID
    }

    /** Low and high corner of a box along the world's axes that holds the solid: 6 numbers. */
    double[] bounds() {
        double[] centre = {place.x(), place.y(), place.z()};
        double[] box = new double[6];
        for (int axis = 0; axis < 3; axis++) {
            double extent = SLACK;
            for (int own = 0; own < 3; own++) {
                extent += Math.abs(place.axis(own, axis)) * half[own];
            }
            box[axis] = centre[axis] - extent;
            box[3 + axis] = centre[axis] + extent;
        }
        return box;
    }
}
