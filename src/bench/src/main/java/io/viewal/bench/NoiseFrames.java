package io.viewal.bench;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.model.TrainingSet;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Labeled frames of noise, of as many classes as ScanNet's.
 *
 * @param size how many
 */
record NoiseFrames(int size, ImageSize frame) implements TrainingSet {

    static final ImageSize SIZE = new ImageSize(320, 240);
    static final int CLASSES = 40;

    /** As large as ScanNet's. */
    NoiseFrames(int size) {
        this(size, SIZE);
    }

    @Override
    public byte[] rgb(int index) {
        byte[] rgb = new byte[3 * frame.pixels()];
        new Random(index).nextBytes(rgb);
        return rgb;
    }

    @Override
    public byte[] labels(int index) {
        Random draw = new Random(-1 - index);
        byte[] labels = new byte[frame.pixels()];
        IntStream.range(0, labels.length).forEach(pixel -> labels[pixel] = (byte) draw.nextInt(CLASSES));
        return labels;
    }
}
