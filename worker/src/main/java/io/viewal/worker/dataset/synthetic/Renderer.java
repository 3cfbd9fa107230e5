package io.viewal.worker.dataset.synthetic;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;

/**
 * Casts a ray through every pixel's centre, and four more through pixels on an outline, so that outlines are smooth in
 * colour and sharp in depth and labels. Safe for use by several threads.
 */
final class Renderer {

    /** Places within a pixel of the extra rays on outlines. */
    private static final double[][] CORNERS = {{-0.3, -0.15}, {0.15, -0.3}, {0.3, 0.15}, {-0.15, 0.3}};

    private final Room room;
    private final Bvh bvh;

    Renderer(Room room) {
        this.room = room;
        this.bvh = new Bvh(room);
    }

    Rendering render(Viewpoint view, Intrinsics camera, ImageSize size) {
        return new Pass(view, camera, size).run();
    }

    /** What a few rays spread over the image meet: depth along the axis and label, row by row. */
    Rendering probe(Viewpoint view, Intrinsics camera, ImageSize size, ImageSize grid) {
        Intrinsics coarse = camera.scaled((double) grid.width() / size.width(), (double) grid.height() / size.height());
        Rendering result = new Rendering(grid);
        Ray ray = new Ray();
        Surface surface = new Surface(room, bvh.table());
        for (int p = 0; p < grid.pixels(); p++) {
            int x = p % grid.width();
            int y = p / grid.width();
            view.aim(ray, (x - coarse.cx()) / coarse.fx(), (y - coarse.cy()) / coarse.fy());
            bvh.trace(ray);
            surface.at(ray);
            result.depth()[p] = (float) ray.t;
            result.labels()[p] = surface.label;
        }
        return result;
    }

    /** One frame in the making. */
    private final class Pass {

        private final Viewpoint view;
        private final Intrinsics camera;
        private final ImageSize size;
        private final Rendering result;
        private final int[] met;
        private final Shader shader = new Shader(room, bvh);
        private final Ray ray = new Ray();
        private final double[] rgb = new double[3];

        Pass(Viewpoint view, Intrinsics camera, ImageSize size) {
            this.view = view;
            this.camera = camera;
            this.size = size;
            this.result = new Rendering(size);
            this.met = new int[size.pixels()];
        }

        Rendering run() {
            for (int p = 0; p < met.length; p++) {
                centre(p);
            }
            for (int p = 0; p < met.length; p++) {
                if (onOutline(p)) {
                    smooth(p);
                }
            }
            return result;
        }

        private void centre(int p) {
            cast(p % size.width(), p / size.width());
            met[p] = ray.solid;
            Surface s = shader.surface();
            result.depth()[p] = (float) ray.t;
            result.labels()[p] = s.label;
            double length = Math.sqrt(ray.dx * ray.dx + ray.dy * ray.dy + ray.dz * ray.dz);
            double facing = -(ray.dx * s.nx + ray.dy * s.ny + ray.dz * s.nz) / length;
            result.facing()[p] = s.material.mirror() > 0 ? 0 : (float) facing;
            for (int c = 0; c < 3; c++) {
                result.light()[p * 3 + c] = (float) rgb[c];
            }
        }

        private boolean onOutline(int p) {
            int x = p % size.width();
            return x + 1 < size.width() && met[p] != met[p + 1]
                    || x > 0 && met[p] != met[p - 1]
                    || p + size.width() < met.length && met[p] != met[p + size.width()]
                    || p >= size.width() && met[p] != met[p - size.width()];
        }

        private void smooth(int p) {
            double[] sum = new double[3];
            for (double[] corner : CORNERS) {
                cast(p % size.width() + corner[0], p / size.width() + corner[1]);
                for (int c = 0; c < 3; c++) {
                    sum[c] += rgb[c];
                }
            }
            for (int c = 0; c < 3; c++) {
                int i = p * 3 + c;
                result.light()[i] = (float) ((result.light()[i] + sum[c]) / (CORNERS.length + 1));
            }
        }

        private void cast(double x, double y) {
            view.aim(ray, (x - camera.cx()) / camera.fx(), (y - camera.cy()) / camera.fy());
            bvh.trace(ray);
            shader.shade(ray, 1 / camera.fx(), rgb);
        }
    }
}
