package io.viewal.worker.model;

import io.viewal.worker.dataset.ImageSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Predicts frames with a trained model. One thread at a time. */
public final class Predictor implements AutoCloseable {

    private Predictor() {}

    /**
     * Reads a model.
     *
     * @param file as {@link Trainer} writes it
     * @throws io.viewal.worker.InvalidInputException InvalidWeights, when the file is not such a model
     */
    public static Predictor load(Path file) throws IOException {
        throw new UnsupportedOperationException("not yet");
    }

    /** Names by id. */
    public List<String> classes() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Of the frames that it was trained with. */
    public ImageSize size() {
        throw new UnsupportedOperationException("not yet");
    }

    /** What it runs on: {@code cpu} or {@code gpu 0}. */
    public String device() {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * The mean softmax of Monte Carlo dropout passes.
     *
     * @param rgb uint8 [height, width, 3]
     * @param passes 1: one pass without dropout
     * @param seed of the dropout; derive it from the round's seed, the scene and the frame
     * @return float32 [classes, height, width]
     */
    public float[] probabilities(byte[] rgb, int passes, long seed) {
        return probabilities(rgb, passes, seed, (pass, sample) -> {});
    }

    /** As above; the listener sees every pass. */
    public float[] probabilities(byte[] rgb, int passes, long seed, PassListener listener) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The most probable class of each pixel, without dropout: uint8 [height, width]. */
    public byte[] classes(byte[] rgb) {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * What Core-Set compares frames by: backbone and decoder features without dropout, averaged over 32 x 32 windows at
     * a stride of 16.
     */
    public float[] features(byte[] rgb) {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public void close() {
        // Nothing is held yet.
    }
}
