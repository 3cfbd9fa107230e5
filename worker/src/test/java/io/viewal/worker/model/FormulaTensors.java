package io.viewal.worker.model;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** The numbers of {@code parity_vector.py}: the same there and here by integer arithmetic. */
final class FormulaTensors {

    private FormulaTensors() {}

    /** Numbers in [-0.5, 0.5) by name and index: multiples of 2⁻²⁴. */
    static double[] uniform(String name, int count) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            int x = (int) (i * 2654435761L + crc.getValue());
            x ^= x >>> 16;
            x *= 0x85EBCA6B;
            x ^= x >>> 13;
            values[i] = (x >>> 8) / (double) (1 << 24) - 0.5;
        }
        return values;
    }

    /** Normalised colours from -2 to 2. */
    static float[] image(String name, int count) {
        double[] u = uniform(name, count);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (u[i] * 4);
        }
        return values;
    }

    /** A tensor of the network by its PyTorch name. */
    static float[] weight(String name, long[] shape) {
        int count = 1;
        for (long dimension : shape) {
            count *= (int) dimension;
        }
        double[] u = uniform(name, count);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            if (shape.length == 4) {
                values[i] = (float) (u[i] * Math.sqrt(24.0 / (shape[1] * shape[2] * shape[3])));
            } else if (name.endsWith("running_mean") || name.endsWith("bias")) {
                values[i] = (float) (u[i] * 0.25);
            } else {
                values[i] = (float) (u[i] + 1);
            }
        }
        return values;
    }
}
