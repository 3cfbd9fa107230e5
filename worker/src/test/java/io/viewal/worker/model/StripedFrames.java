package io.viewal.worker.model;

import io.viewal.worker.dataset.ImageSize;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Frames whose class is written in their colour: vertical stripes of red, green and blue with noise. */
record StripedFrames(int size, long seed) implements TrainingSet {

    static final ImageSize SIZE = new ImageSize(48, 32);
    static final List<String> CLASSES = List.of("red", "green", "blue");

    @Override
    public byte[] rgb(int index) {
        byte[] labels = labels(index);
        Random noise = new Random(31 * seed + index);
        byte[] rgb = new byte[3 * labels.length];
        for (int i = 0; i < rgb.length; i++) {
            boolean lit = i % 3 == labels[i / 3];
            rgb[i] = (byte) (noise.nextInt(60) + (lit ? 190 : 0));
        }
        return rgb;
    }

    @Override
    public byte[] labels(int index) {
        byte[] labels = new byte[SIZE.pixels()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) ((i % SIZE.width() / 16 + index + seed) % 3);
        }
        return labels;
    }

    /** The same frames with other labels. */
    TrainingSet relabeled(byte[] labels) {
        StripedFrames frames = this;
        return new TrainingSet() {
            @Override
            public int size() {
                return frames.size();
            }

            @Override
            public byte[] rgb(int index) {
                return frames.rgb(index);
            }

            @Override
            public byte[] labels(int index) {
                return labels;
            }
        };
    }

    /** Labels of one value. */
    static byte[] constant(int label) {
        byte[] labels = new byte[SIZE.pixels()];
        Arrays.fill(labels, (byte) label);
        return labels;
    }
}
