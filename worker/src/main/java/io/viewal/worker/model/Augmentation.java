package io.viewal.worker.model;

import io.viewal.worker.dataset.ImageSize;
import java.util.Random;

/** The published training's augmentation: a horizontal flip and a Gaussian blur, each of every second frame. */
final class Augmentation {

    private static final double PROBABILITY = 0.5;

    private final ImageSize size;

    Augmentation(ImageSize size) {
        this.size = size;
    }

    /** Changes a frame [height, width, 3] and its labels [height, width] in place. */
    void apply(float[] rgb, byte[] labels, Random random) {
        boolean flip = random.nextDouble() < PROBABILITY;
        boolean blur = random.nextDouble() < PROBABILITY;
        double sigma = random.nextDouble();
        if (flip) {
            flip(rgb, labels);
        }
        if (blur) {
            blur(rgb, sigma);
        }
    }

    private void flip(float[] rgb, byte[] labels) {
        int width = size.width();
        for (int y = 0; y < size.height(); y++) {
            for (int left = y * width, right = left + width - 1; left < right; left++, right--) {
                byte label = labels[left];
                labels[left] = labels[right];
                labels[right] = label;
                for (int c = 0; c < 3; c++) {
                    float value = rgb[3 * left + c];
                    rgb[3 * left + c] = rgb[3 * right + c];
                    rgb[3 * right + c] = value;
                }
            }
        }
    }

    private void blur(float[] rgb, double sigma) {
        float[] kernel = kernel(sigma);
        if (kernel.length == 1) {
            return;
        }
        int row = 3 * size.width();
        float[] across = new float[rgb.length];
        convolve(rgb, across, kernel, size.height(), row, size.width(), 3);
        convolve(across, rgb, kernel, size.width(), 3, size.height(), row);
    }

    /** Filters {@code lines} lines of {@code length} pixels; edge pixels are repeated. */
    private static void convolve(
            float[] source, float[] target, float[] kernel, int lines, int lineStep, int length, int step) {
        int radius = kernel.length / 2;
        for (int line = 0; line < lines; line++) {
            for (int i = 0; i < length; i++) {
                for (int c = 0; c < 3; c++) {
                    int base = line * lineStep + c;
                    float sum = 0;
                    for (int k = -radius; k <= radius; k++) {
                        int at = Math.clamp(i + k, 0, length - 1);
                        sum += kernel[k + radius] * source[base + at * step];
                    }
                    target[base + i * step] = sum;
                }
            }
        }
    }

    private static float[] kernel(double sigma) {
        int radius = (int) Math.ceil(3 * sigma);
        float[] kernel = new float[2 * radius + 1];
        float sum = 0;
        for (int k = -radius; k <= radius; k++) {
            kernel[k + radius] = radius == 0 ? 1 : (float) StrictMath.exp(-k * k / (2 * sigma * sigma));
            sum += kernel[k + radius];
        }
        for (int k = 0; k < kernel.length; k++) {
            kernel[k] /= sum;
        }
        return kernel;
    }
}
