package io.viewal.worker.dataset.synthetic;

import java.util.List;

/** Finds what a ray meets in a room: a solid or, behind all of them, the shell. Safe for use by several threads. */
final class Bvh {

    private final Room room;
    private final SolidTable table;
    private final boolean[] transparent;
    private final double[] boxes;
    private final int[] link;
    private final int[] info;
    private final int[] order;

    Bvh(Room room) {
        this.room = room;
        List<Solid> solids = room.solids();
        this.table = new SolidTable(solids);
        this.transparent = new boolean[solids.size()];
        double[][] bounds = new double[solids.size()][];
        for (int i = 0; i < bounds.length; i++) {
            transparent[i] = solids.get(i).transparent();
            bounds[i] = solids.get(i).bounds();
        }
        BvhTree tree = BvhTree.over(bounds);
        this.boxes = tree.boxes();
        this.link = tree.link();
        this.info = tree.info();
        this.order = tree.order();
    }

    SolidTable table() {
        return table;
    }

    /** Finds the nearest thing on a ray that starts inside the room; sets {@link Ray#t} and {@link Ray#solid}. */
    void trace(Ray ray) {
        shell(ray);
        walk(ray, false);
    }

    /** True when something opaque lies on the ray between its start and the parameter. */
    boolean blocked(Ray ray, double until) {
        ray.t = until;
        ray.solid = Ray.NOTHING;
        return walk(ray, true);
    }

    private boolean walk(Ray ray, boolean anyOpaque) {
        double ix = 1 / ray.dx;
        double iy = 1 / ray.dy;
        double iz = 1 / ray.dz;
        int top = 0;
        int node = 0;
        boolean more = order.length > 0;
        while (more) {
            if (reaches(node, ray, ix, iy, iz)) {
                int second = link[node];
                if (second > 0) {
                    // The child on the side that the ray comes from first.
                    double direction = info[node] == 0 ? ray.dx : info[node] == 1 ? ray.dy : ray.dz;
                    ray.stack[top++] = direction < 0 ? node + 1 : second;
                    node = direction < 0 ? second : node + 1;
                    continue;
                }
                if (leaf(node, ray, anyOpaque)) {
                    return true;
                }
            }
            more = top > 0;
            node = more ? ray.stack[--top] : 0;
        }
        return false;
    }

    private boolean leaf(int node, Ray ray, boolean anyOpaque) {
        int first = -1 - link[node];
        for (int i = first; i < first + info[node]; i++) {
            int solid = order[i];
            double t = table.enter(solid, ray);
            if (t < ray.t && !(anyOpaque && transparent[solid])) {
                if (anyOpaque) {
                    return true;
                }
                ray.t = t;
                ray.solid = solid;
            }
        }
        return false;
    }

    private boolean reaches(int node, Ray ray, double ix, double iy, double iz) {
        int b = node * BvhTree.BOX;
        double x0 = (boxes[b] - ray.ox) * ix;
        double x1 = (boxes[b + 3] - ray.ox) * ix;
        double y0 = (boxes[b + 1] - ray.oy) * iy;
        double y1 = (boxes[b + 4] - ray.oy) * iy;
        double z0 = (boxes[b + 2] - ray.oz) * iz;
        double z1 = (boxes[b + 5] - ray.oz) * iz;
        double in = Math.max(Math.min(x0, x1), Math.max(Math.min(y0, y1), Math.min(z0, z1)));
        double out = Math.min(Math.max(x0, x1), Math.min(Math.max(y0, y1), Math.max(z0, z1)));
        return in <= out && out > 0 && in < ray.t;
    }

    /** Where a ray from inside leaves the room. */
    private void shell(Ray ray) {
        double tx = leave(ray.ox, ray.dx, room.width());
        double ty = leave(ray.oy, ray.dy, room.depth());
        double tz = leave(ray.oz, ray.dz, room.height());
        if (tz <= tx && tz <= ty) {
            ray.t = tz;
            ray.solid = -1 - (ray.dz > 0 ? Room.CEILING : Room.FLOOR);
        } else if (tx <= ty) {
            ray.t = tx;
            ray.solid = -1 - (ray.dx > 0 ? 1 : 0);
        } else {
            ray.t = ty;
            ray.solid = -1 - (ray.dy > 0 ? 3 : 2);
        }
    }

    private static double leave(double from, double direction, double size) {
        return direction == 0 ? Double.POSITIVE_INFINITY : ((direction > 0 ? size : 0) - from) / direction;
    }
}
