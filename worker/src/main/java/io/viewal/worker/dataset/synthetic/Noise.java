package io.viewal.worker.dataset.synthetic;

/** Noise that is a pure function of its place and seed. */
final class Noise {

    private static final double UNIT16 = 1.0 / 65536;
    /** Four uniform numbers have the variance 1/3 about 2. */
    private static final double SQRT3 = 1.7320508075688772;

    private Noise() {}

    /** Uniform in [0, 1) for each cell of a grid. */
    static double cell(long x, long y, int seed) {
        return (hash(x, y, seed) >>> 11) * 0x1p-53;
    }

    /** Smooth noise in [0, 1] with features of size 1. */
    static double smooth(double x, double y, int seed) {
        double fx = Math.floor(x);
        double fy = Math.floor(y);
        double u = ease(x - fx);
        double v = ease(y - fy);
        long ix = (long) fx;
        long iy = (long) fy;
        double low = lerp(cell(ix, iy, seed), cell(ix + 1, iy, seed), u);
        double high = lerp(cell(ix, iy + 1, seed), cell(ix + 1, iy + 1, seed), u);
        return lerp(low, high, v);
    }

    /** Three octaves of {@link #smooth}, in [0, 1]. */
    static double cloud(double x, double y, int seed) {
        return (4 * smooth(x, y, seed) + 2 * smooth(2 * x, 2 * y, seed + 1) + smooth(4 * x, 4 * y, seed + 2)) / 7;
    }

    /** Near-normal, mean 0, deviation 1, within ±3.5. */
    static double normal(long x, long y, int seed) {
        long h = hash(x, y, seed);
        long sum = (h & 0xffff) + (h >>> 16 & 0xffff) + (h >>> 32 & 0xffff) + (h >>> 48);
        return (sum * UNIT16 - 2) * SQRT3;
    }

    static double lerp(double a, double b, double t) {
        return a + (b - a) * t;
    }

    private static double ease(double t) {
        return t * t * (3 - 2 * t);
    }

    private static long hash(long x, long y, int seed) {
        return Draw.mix(x * 0x8DA6B343L + y * 0xD8163841L * 0x10001L + seed * 0x9E3779B97F4A7C15L);
    }
}
