package io.viewal.bench;

import io.viewal.worker.npy.NpyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.IntFunction;

/** Predictions from a file of all frames, float32 [frames, classes, height, width]. */
final class StoredProbabilities implements IntFunction<float[]> {

    private final NpyFile file;
    private final int numbers;

    StoredProbabilities(Path file) {
        try {
            this.file = NpyFile.open(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int[] shape = this.file.shape();
        this.numbers = shape[1] * shape[2] * shape[3];
    }

    @Override
    public float[] apply(int frame) {
        return file.floats((long) frame * numbers, numbers);
    }
}
