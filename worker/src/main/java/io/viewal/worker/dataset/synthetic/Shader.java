package io.viewal.worker.dataset.synthetic;

/**
 * The light that comes along a ray: lamps and sun with shadows, light from all sides that corners dim, highlights, and
 * one mirroring. One a thread.
 */
final class Shader {

    private static final double OFF_SURFACE = 1e-4;
    private static final double CORNER = 0.3;
    private static final double CORNER_SIZE = 0.22;

    private final Room room;
    private final Bvh bvh;
    private final Surface surface;
    private final Surface mirrored;
    private final Ray shadow = new Ray();
    private final Ray mirror = new Ray();
    private final double[] local = new double[3];
    private final double[] localSun = new double[3];

    private double red;
    private double green;
    private double blue;

    Shader(Room room, Bvh bvh) {
        this.room = room;
        this.bvh = bvh;
        this.surface = new Surface(room, bvh.table());
        this.mirrored = new Surface(room, bvh.table());
    }

    /** The spot that {@link #shade} was last asked about. */
    Surface surface() {
        return surface;
    }

    /**
     * The colour of what a traced ray met, in linear light.
     *
     * @param pixelAngle size of a pixel at a distance of 1
     * @param rgb 3 numbers, overwritten
     */
    void shade(Ray ray, double pixelAngle, double[] rgb) {
        surface.at(ray);
        double length = Math.sqrt(ray.dx * ray.dx + ray.dy * ray.dy + ray.dz * ray.dz);
        light(surface, ray, length, pixelAngle * ray.t * length);
        rgb[0] = red;
        rgb[1] = green;
        rgb[2] = blue;
        double share = surface.material.mirror();
        if (share > 0) {
            reflect(ray, length);
            light(mirrored, mirror, 1, pixelAngle * (ray.t * length + mirror.t));
            rgb[0] = Noise.lerp(rgb[0], red, share);
            rgb[1] = Noise.lerp(rgb[1], green, share);
            rgb[2] = Noise.lerp(rgb[2], blue, share);
        }
    }

    private void reflect(Ray ray, double length) {
        Surface s = surface;
        double along = 2 * (ray.dx * s.nx + ray.dy * s.ny + ray.dz * s.nz);
        mirror.from(s.x + s.nx * OFF_SURFACE, s.y + s.ny * OFF_SURFACE, s.z + s.nz * OFF_SURFACE);
        mirror.towards(
                (ray.dx - along * s.nx) / length, (ray.dy - along * s.ny) / length, (ray.dz - along * s.nz) / length);
        bvh.trace(mirror);
        mirrored.at(mirror);
    }

    /** Sets red, green and blue to the light that a surface sends back along a ray of a length. */
    private void light(Surface s, Ray ray, double length, double footprint) {
        Material material = s.material;
        double slant = Math.max(0.15, -(ray.dx * s.nx + ray.dy * s.ny + ray.dz * s.nz) / length);
        Rgb color = material.at(s.u, s.v, footprint / slant);
        double dirt = 0.94 + 0.12 * Noise.smooth(1.7 * s.u, 1.7 * s.v, material.seed() + 31);
        double all = corners(s) * (0.85 + 0.15 * s.nz);
        red = room.ambient().r() * all;
        green = room.ambient().g() * all;
        blue = room.ambient().b() * all;
        double shine = 0;
        for (Light light : room.lights()) {
            shine += switch (light) {
                case Light.Lamp lamp -> lamp(s, ray, length, lamp);
                case Light.Sun sun -> sun(s, ray, length, sun);
            };
        }
        double glow = material.glow();
        double glare = shine * material.gloss();
        red = color.r() * (red * dirt + glow) + glare;
        green = color.g() * (green * dirt + glow) + glare;
        blue = color.b() * (blue * dirt + glow) + glare;
    }

    private double lamp(Surface s, Ray ray, double length, Light.Lamp lamp) {
        double lx = lamp.x() - s.x;
        double ly = lamp.y() - s.y;
        double lz = lamp.z() - s.z;
        double squared = lx * lx + ly * ly + lz * lz;
        double distance = Math.sqrt(squared);
        double cosine = (lx * s.nx + ly * s.ny + lz * s.nz) / distance;
        if (cosine <= 0 || shadowed(s, lx / distance, ly / distance, lz / distance, distance)) {
            return 0;
        }
        double strength = 1 / (0.4 + squared);
        add(lamp.power(), cosine * strength);
        return highlight(s, ray, length, lx / distance, ly / distance, lz / distance) * strength;
    }

    private double sun(Surface s, Ray ray, double length, Light.Sun sun) {
        double cosine = sun.x() * s.nx + sun.y() * s.ny + sun.z() * s.nz;
        double distance = cosine <= 0 ? 0 : throughWindow(s, sun);
        if (distance <= 0 || shadowed(s, sun.x(), sun.y(), sun.z(), distance)) {
            return 0;
        }
        add(sun.power(), cosine);
        return highlight(s, ray, length, sun.x(), sun.y(), sun.z());
    }

    /** How far it is to the sun's window along its direction; 0 when the way leads past it. */
    private double throughWindow(Surface s, Light.Sun sun) {
        Place pane = sun.window().place();
        double[] half = sun.window().half();
        for (int own = 0; own < 3; own++) {
            local[own] = pane.axis(own, 0) * (s.x - pane.x())
                    + pane.axis(own, 1) * (s.y - pane.y())
                    + pane.axis(own, 2) * (s.z - pane.z());
            localSun[own] = pane.axis(own, 0) * sun.x() + pane.axis(own, 1) * sun.y() + pane.axis(own, 2) * sun.z();
        }
        double t = -local[1] / localSun[1];
        boolean inside =
                Math.abs(local[0] + t * localSun[0]) < half[0] && Math.abs(local[2] + t * localSun[2]) < half[2];
        return inside && t > 0 ? t : 0;
    }

    private boolean shadowed(Surface s, double dx, double dy, double dz, double distance) {
        shadow.from(s.x + s.nx * OFF_SURFACE, s.y + s.ny * OFF_SURFACE, s.z + s.nz * OFF_SURFACE);
        shadow.towards(dx, dy, dz);
        return bvh.blocked(shadow, distance);
    }

    private void add(Rgb power, double factor) {
        red += power.r() * factor;
        green += power.g() * factor;
        blue += power.b() * factor;
    }

    /** The 32nd power of the cosine between the normal and the half-way direction. */
    private static double highlight(Surface s, Ray ray, double length, double lx, double ly, double lz) {
        if (s.material.gloss() == 0) {
            return 0;
        }
        double hx = lx - ray.dx / length;
        double hy = ly - ray.dy / length;
        double hz = lz - ray.dz / length;
        double cosine = (hx * s.nx + hy * s.ny + hz * s.nz) / Math.sqrt(hx * hx + hy * hy + hz * hz);
        double p2 = cosine * cosine;
        double p4 = p2 * p2;
        double p8 = p4 * p4;
        double p16 = p8 * p8;
        return cosine <= 0 ? 0 : p16 * p16;
    }

    /** Less light from all sides where walls, floor and ceiling meet. */
    private double corners(Surface s) {
        return dim(s.x, s.nx)
                * dim(room.width() - s.x, s.nx)
                * dim(s.y, s.ny)
                * dim(room.depth() - s.y, s.ny)
                * dim(s.z, s.nz)
                * dim(room.height() - s.z, s.nz);
    }

    private static double dim(double distance, double facing) {
        double d = distance / CORNER_SIZE;
        return 1 - CORNER * (1 - Math.abs(facing)) / (1 + d * d);
    }
}
