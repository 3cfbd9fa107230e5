package io.viewal.worker.dataset.synthetic;

import io.viewal.worker.dataset.ImageSize;

/**
 * What a camera makes of the light: its exposure and white balance hunt from frame to frame, corners are darker, some
 * frames are blurred by motion, all are noisy.
 */
final class ColorSensor {

    private static final int STEPS = 4096;
    private static final byte[] DISPLAY = displayCurve();

    private final double exposure;
    private final double[] balance = new double[3];
    private final double vignette;
    private final double noise;
    private final double blurX;
    private final double blurY;
    private final int seed;

    /** The camera's mood in one frame. */
    ColorSensor(Draw draw) {
        exposure = draw.between(0.75, 1.3);
        for (int c = 0; c < 3; c++) {
            balance[c] = draw.between(0.92, 1.08);
        }
        vignette = draw.between(0.1, 0.35);
        noise = draw.between(0.006, 0.022);
        // Lengths in widths of the image.
        double length = draw.chance(0.4) ? draw.between(0, 0.014) : 0;
        double angle = draw.between(0, StrictMath.PI);
        blurX = length * StrictMath.cos(angle);
        blurY = length * StrictMath.sin(angle);
        seed = (int) draw.bits();
    }

    /** uint8 [height, width, 3]. */
    byte[] expose(Rendering frame) {
        ImageSize size = frame.size();
        double gain = exposure * 0.27 / Math.max(0.02, mean(frame.light()));
        byte[] rgb = new byte[frame.light().length];
        int taps = 1 + (int) (2 * size.width() * Math.max(Math.abs(blurX), Math.abs(blurY)));
        for (int p = 0; p < size.pixels(); p++) {
            int x = p % size.width();
            int y = p / size.width();
            double dx = (2.0 * x / size.width() - 1) * 0.7;
            double dy = (2.0 * y / size.height() - 1) * 0.7;
            double shade = gain * (1 - vignette * (dx * dx + dy * dy));
            for (int c = 0; c < 3; c++) {
                double light = blurred(frame, x, y, c, taps) * shade * balance[c];
                double grain = noise * Noise.normal(p, c, seed) * (0.35 + Math.sqrt(Math.min(1, light)));
                rgb[p * 3 + c] = display(light + grain);
            }
        }
        return rgb;
    }

    private double blurred(Rendering frame, int x, int y, int c, int taps) {
        int width = frame.size().width();
        double sum = 0;
        for (int k = 0; k < taps; k++) {
            double along = taps == 1 ? 0 : (double) k / (taps - 1) - 0.5;
            int bx = clamp(x + (int) Math.rint(along * blurX * width), width);
            int by = clamp(
                    y + (int) Math.rint(along * blurY * width), frame.size().height());
            sum += frame.light()[(by * width + bx) * 3 + c];
        }
        return sum / taps;
    }

    private static int clamp(int i, int size) {
        return Math.max(0, Math.min(size - 1, i));
    }

    /** The mean, in which highlights count no more than white. */
    private static double mean(float[] light) {
        double sum = 0;
        for (float value : light) {
            sum += Math.min(value, 1f);
        }
        return sum / light.length;
    }

    /** Highlights roll off, then sRGB. */
    private static byte display(double light) {
        double rolled = light <= 0 ? 0 : light / (1 + 0.25 * light) * 1.1;
        return DISPLAY[(int) Math.min(STEPS - 1, rolled * STEPS)];
    }

    private static byte[] displayCurve() {
        byte[] curve = new byte[STEPS];
        for (int i = 0; i < STEPS; i++) {
            double light = (i + 0.5) / STEPS;
            double shown = light <= 0.0031308 ? 12.92 * light : 1.055 * StrictMath.pow(light, 1 / 2.4) - 0.055;
            curve[i] = (byte) Math.rint(255 * shown);
        }
        return curve;
    }
}
