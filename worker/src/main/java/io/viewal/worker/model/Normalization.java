package io.viewal.worker.model;

/** ImageNet's mean and deviation, which pretrained backbones expect. */
final class Normalization {

    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
    private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

    private Normalization() {}

    /** Writes a frame [height · width, 3] of 0 to 255 as normalised planes [3, height · width]. */
    static void write(float[] rgb, float[] target, int offset) {
        int pixels = rgb.length / 3;
        for (int c = 0; c < 3; c++) {
            float scale = 1 / (255 * DEVIATION[c]);
            float shift = -MEAN[c] / DEVIATION[c];
            int plane = offset + c * pixels;
            for (int i = 0; i < pixels; i++) {
                target[plane + i] = rgb[3 * i + c] * scale + shift;
            }
        }
    }

    /** A frame's bytes [height · width, 3] as numbers 0 to 255. */
    static float[] floats(byte[] rgb) {
        float[] values = new float[rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            values[i] = Byte.toUnsignedInt(rgb[i]);
        }
        return values;
    }
}
