package io.viewal.worker.dataset.synthetic;

import io.viewal.worker.dataset.ImageSize;

/**
 * What a structured-light sensor makes of the true depth. Noise grows with the square of the distance (Nguyen, Izadi,
 * Lovell, "Modeling Kinect sensor noise", 2012: 1.2 mm + 1.9 mm · (z − 0.4)²); whole millimetres are reported; there is
 * no answer beyond its range, on mirrors and glass, at grazing angles, behind outlines, and in blotches.
 */
final class DepthSensor {

    private static final double NEAREST = 0.35;
    private static final double GRAZING = 0.22;
    /** A jump in depth by this share of it is an outline. */
    private static final double JUMP = 0.06;

    private final double range;
    private final double blotches;
    private final int seed;

    /** The sensor's mood in one frame. */
    DepthSensor(Draw draw) {
        range = draw.between(5.5, 8);
        blotches = draw.between(0.1, 0.24);
        seed = (int) draw.bits();
    }

    /** float32 [height, width], metres in whole millimetres, 0 = unknown. */
    float[] measure(Rendering frame) {
        ImageSize size = frame.size();
        float[] measured = new float[size.pixels()];
        for (int p = 0; p < measured.length; p++) {
            double z = frame.depth()[p];
            if (!lost(frame, p)) {
                double beyond = z - 0.4;
                double sigma = 0.0012 + 0.0019 * beyond * beyond;
                double mm = Math.rint(1000 * (z + sigma * Noise.normal(p, 3, seed)));
                measured[p] = (float) (Math.max(1, mm) / 1000);
            }
        }
        return measured;
    }

    private boolean lost(Rendering frame, int p) {
        double z = frame.depth()[p];
        if (z < NEAREST || z > range) {
            return true;
        }
        int width = frame.size().width();
        double cell = 14.0 / width;
        double blotch = Noise.cloud(p % width * cell, p / width * cell, seed + 1);
        double facing = frame.facing()[p];
        double chance = facing == 0 ? 0.75 : facing < GRAZING ? 0.9 * (1 - facing / GRAZING) : 0;
        if (behindOutline(frame, p, z)) {
            chance = Math.max(chance, 0.7);
        }
        // Blotches are where smooth noise is lowest; they make losses come in patches.
        return blotch < blotches || Noise.cell(p, 5, seed) < chance * (0.4 + 1.2 * (1 - blotch));
    }

    private static boolean behindOutline(Rendering frame, int p, double z) {
        int width = frame.size().width();
        int x = p % width;
        double nearest = z;
        for (int step = 1; step <= 1 + width / 200; step++) {
            nearest = Math.min(nearest, x + step < width ? frame.depth()[p + step] : z);
            nearest = Math.min(nearest, x - step >= 0 ? frame.depth()[p - step] : z);
            int down = p + step * width;
            int up = p - step * width;
            nearest = Math.min(nearest, down < frame.size().pixels() ? frame.depth()[down] : z);
            nearest = Math.min(nearest, up >= 0 ? frame.depth()[up] : z);
        }
        return z - nearest > JUMP * z;
    }
}
