package io.viewal.worker.dataset.synthetic;

import io.viewal.worker.dataset.VoidLabel;

/** The spot where a ray met something; one a thread, reused. */
final class Surface {

    private final Room room;
    private final SolidTable table;
    private final double[] local = new double[3];

    double x;
    double y;
    double z;
    /** Unit normal, towards where the ray came from. */
    double nx;

    double ny;
    double nz;
    /** Place on the surface, metres. */
    double u;

    double v;
    Material material;
    byte label;

    Surface(Room room, SolidTable table) {
        this.room = room;
        this.table = table;
    }

    void at(Ray ray) {
        x = ray.ox + ray.t * ray.dx;
        y = ray.oy + ray.t * ray.dy;
        z = ray.oz + ray.t * ray.dz;
        if (ray.metShell()) {
            shell(ray.shellSide());
        } else {
            solid(ray.solid);
        }
    }

    private void shell(int side) {
        material = room.shell().get(side);
        label = Room.shellClass(side).id();
        nx = side == 0 ? 1 : side == 1 ? -1 : 0;
        ny = side == 2 ? 1 : side == 3 ? -1 : 0;
        nz = side == Room.FLOOR ? 1 : side == Room.CEILING ? -1 : 0;
        u = side < 2 ? y : x;
        v = nz == 0 ? z : y;
    }

    private void solid(int index) {
        Solid solid = room.solids().get(index);
        material = solid.material();
        label = solid.label() == null ? (byte) VoidLabel.ID : solid.label().id();
        table.local(index, x, y, z, local);
        double[] half = solid.half();
        switch (solid.shape()) {
            case BOX -> boxNormal(half);
            case CYLINDER -> cylinderNormal(half);
            case ELLIPSOID -> {
                normal(
                        solid.place(),
                        local[0] / (half[0] * half[0]),
                        local[1] / (half[1] * half[1]),
                        local[2] / (half[2] * half[2]));
                u = local[0] + local[1];
                v = local[2];
                return;
            }
        }
        normal(solid.place(), nx, ny, nz);
    }

    /** The face that the point is nearest to; sets the normal in the solid's own axes. */
    private void boxNormal(double[] half) {
        double gx = half[0] - Math.abs(local[0]);
        double gy = half[1] - Math.abs(local[1]);
        double gz = half[2] - Math.abs(local[2]);
        boolean onX = gx <= gy && gx <= gz;
        boolean onY = !onX && gy <= gz;
        nx = onX ? Math.signum(local[0]) : 0;
        ny = onY ? Math.signum(local[1]) : 0;
        nz = onX || onY ? 0 : Math.signum(local[2]);
        u = onX ? local[1] : local[0];
        v = onX || onY ? local[2] : local[1];
    }

    private void cylinderNormal(double[] half) {
        boolean cap = half[2] - Math.abs(local[2]) < 1e-7;
        nx = cap ? 0 : local[0] / (half[0] * half[0]);
        ny = cap ? 0 : local[1] / (half[1] * half[1]);
        nz = cap ? Math.signum(local[2]) : 0;
        u = local[0];
        v = cap ? local[1] : local[2];
    }

    /** Turns a direction in a solid's own axes into the room's, at unit length. */
    private void normal(Place place, double ownX, double ownY, double ownZ) {
        double[] a = place.axes();
        double wx = ownX * a[0] + ownY * a[3] + ownZ * a[6];
        double wy = ownX * a[1] + ownY * a[4] + ownZ * a[7];
        double wz = ownX * a[2] + ownY * a[5] + ownZ * a[8];
        double norm = 1 / Math.sqrt(wx * wx + wy * wy + wz * wz);
        nx = wx * norm;
        ny = wy * norm;
        nz = wz * norm;
    }
}
