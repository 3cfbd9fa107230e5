package io.viewal.worker.dataset.synthetic;

import java.util.List;

/**
 * The solids' numbers side by side in one array, and the intersection of a ray with one of them.
 *
 * <p>Layout of a row: 9 numbers of the axes, 3 of the centre, 3 half extents.
 */
final class SolidTable {

    private static final int ROW = 15;
    private static final double NEVER = Double.POSITIVE_INFINITY;

    private final double[] rows;
    private final Solid.Shape[] shapes;

    SolidTable(List<Solid> solids) {
        rows = new double[solids.size() * ROW];
        shapes = new Solid.Shape[solids.size()];
        for (int i = 0; i < solids.size(); i++) {
            Solid solid = solids.get(i);
            shapes[i] = solid.shape();
            System.arraycopy(solid.place().axes(), 0, rows, i * ROW, 9);
            rows[i * ROW + 9] = solid.place().x();
            rows[i * ROW + 10] = solid.place().y();
            rows[i * ROW + 11] = solid.place().z();
            System.arraycopy(solid.half(), 0, rows, i * ROW + 12, 3);
        }
    }

    /** Where the ray enters the solid: the parameter, infinite when it misses or starts inside. */
    double enter(int solid, Ray ray) {
        double[] m = rows;
        int r = solid * ROW;
        double px = ray.ox - m[r + 9];
        double py = ray.oy - m[r + 10];
        double pz = ray.oz - m[r + 11];
        double ox = m[r] * px + m[r + 1] * py + m[r + 2] * pz;
        double oy = m[r + 3] * px + m[r + 4] * py + m[r + 5] * pz;
        double oz = m[r + 6] * px + m[r + 7] * py + m[r + 8] * pz;
        double dx = m[r] * ray.dx + m[r + 1] * ray.dy + m[r + 2] * ray.dz;
        double dy = m[r + 3] * ray.dx + m[r + 4] * ray.dy + m[r + 5] * ray.dz;
        double dz = m[r + 6] * ray.dx + m[r + 7] * ray.dy + m[r + 8] * ray.dz;
        double hx = m[r + 12];
        double hy = m[r + 13];
        double hz = m[r + 14];
        return switch (shapes[solid]) {
            case BOX -> box(ox, oy, oz, dx, dy, dz, hx, hy, hz);
            case CYLINDER -> cylinder(ox / hx, oy / hy, oz, dx / hx, dy / hy, dz, hz);
            case ELLIPSOID -> ball(ox / hx, oy / hy, oz / hz, dx / hx, dy / hy, dz / hz);
        };
    }

    /** The place of a point in the solid's own coordinates. */
    void local(int solid, double x, double y, double z, double[] point) {
        int r = solid * ROW;
        double px = x - rows[r + 9];
        double py = y - rows[r + 10];
        double pz = z - rows[r + 11];
        for (int own = 0; own < 3; own++) {
            point[own] = rows[r + own * 3] * px + rows[r + own * 3 + 1] * py + rows[r + own * 3 + 2] * pz;
        }
    }

    private static double box(
            double ox, double oy, double oz, double dx, double dy, double dz, double hx, double hy, double hz) {
        double ix = 1 / dx;
        double iy = 1 / dy;
        double iz = 1 / dz;
        double ax = Math.abs(ix) * hx;
        double ay = Math.abs(iy) * hy;
        double az = Math.abs(iz) * hz;
        double cx = -ox * ix;
        double cy = -oy * iy;
        double cz = -oz * iz;
        double in = Math.max(cx - ax, Math.max(cy - ay, cz - az));
        double out = Math.min(cx + ax, Math.min(cy + ay, cz + az));
        return in > 0 && in <= out ? in : NEVER;
    }

    private static double ball(double ox, double oy, double oz, double dx, double dy, double dz) {
        double a = dx * dx + dy * dy + dz * dz;
        double b = ox * dx + oy * dy + oz * dz;
        double c = ox * ox + oy * oy + oz * oz - 1;
        double d = b * b - a * c;
        if (d <= 0) {
            return NEVER;
        }
        double t = (-b - Math.sqrt(d)) / a;
        return t > 0 ? t : NEVER;
    }

    private static double cylinder(double ox, double oy, double oz, double dx, double dy, double dz, double hz) {
        double a = dx * dx + dy * dy;
        double b = ox * dx + oy * dy;
        double c = ox * ox + oy * oy - 1;
        double d = b * b - a * c;
        if (d <= 0 && c > 0) {
            return NEVER;
        }
        double side = (-b - Math.sqrt(Math.max(0, d))) / a;
        double z = oz + side * dz;
        if (side > 0 && Math.abs(z) <= hz) {
            return side;
        }
        double cap = (dz > 0 ? -hz - oz : hz - oz) / dz;
        double x = ox + cap * dx;
        double y = oy + cap * dy;
        return cap > 0 && x * x + y * y <= 1 ? cap : NEVER;
    }
}
