package io.viewal.bench;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.model.TrainingSet;
import java.util.Random;
import java.util.stream.IntStream;

/** Labeled frames of noise, as large and as many-classed as ScanNet's. */
record NoiseFrames(int size) implements TrainingSet {

    static final ImageSize SIZE = new ImageSize(320, 240);
    static final int CLASSES = 40;

    @Override
    public byte[] rgb(int index) {
        byte[] rgb = new byte[3 * SIZE.pixels()];
        new Random(index).nextBytes(rgb);
        return rgb;
    }

    @Override
    public byte[] labels(int index) {
        Random draw = new Random(-1 - index);
        byte[] labels = new byte[SIZE.pixels()];
        IntStream.range(0, labels.length).forEach(pixel -> labels[pixel] = (byte) draw.nextInt(CLASSES));
        return labels;
    }
}
