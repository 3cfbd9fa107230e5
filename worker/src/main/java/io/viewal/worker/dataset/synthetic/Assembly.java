package io.viewal.worker.dataset.synthetic;

import java.util.List;

/** Puts solids together in the coordinates of a piece of furniture: x along its width, y out of the wall, z up. */
final class Assembly {

    private final List<Solid> solids;
    private final Place base;

    Assembly(List<Solid> solids, Place base) {
        this.solids = solids;
        this.base = base;
    }

    /** An assembly whose origin and turn are given in this one's coordinates. */
    Assembly at(double x, double y, double z, double yaw) {
        return new Assembly(solids, base.within(Place.upright(x, y, z, yaw)));
    }

    /** The same origin, tilted about x. */
    Assembly tilted(double angle) {
        return new Assembly(solids, base.tilted(angle));
    }

    /** A box around x and y with these full extents; z is its underside. */
    void box(RoomClass label, Material material, double x, double y, double z, double[] extent) {
        add(Solid.Shape.BOX, label, material, new double[] {x, y, z + extent[2] / 2}, extent, false);
    }

    /** An upright cylinder; z is its underside. */
    void cylinder(RoomClass label, Material material, double x, double y, double z, double radius, double height) {
        double[] extent = {2 * radius, 2 * radius, height};
        add(Solid.Shape.CYLINDER, label, material, new double[] {x, y, z + height / 2}, extent, false);
    }

    /** An ellipsoid around its centre. */
    void ellipsoid(RoomClass label, Material material, double x, double y, double z, double[] extent) {
        add(Solid.Shape.ELLIPSOID, label, material, new double[] {x, y, z}, extent, false);
    }

    /** A box that light passes. */
    void pane(RoomClass label, Material material, double x, double y, double z, double[] extent) {
        add(Solid.Shape.BOX, label, material, new double[] {x, y, z + extent[2] / 2}, extent, true);
    }

    private void add(
            Solid.Shape shape, RoomClass label, Material material, double[] centre, double[] extent, boolean clear) {
        Place place = base.within(Place.upright(centre[0], centre[1], centre[2], 0));
        double[] half = {extent[0] / 2, extent[1] / 2, extent[2] / 2};
        solids.add(new Solid(shape, place, half, label, material, clear));
    }
}
