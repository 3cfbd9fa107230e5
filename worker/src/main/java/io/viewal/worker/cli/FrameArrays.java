package io.viewal.worker.cli;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.acquisition.VoteCounter;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.npy.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/** Votes and features of frames that another program made, {@code <frame>.npy} each. */
final class FrameArrays {

    private static final Set<String> REAL = Set.of("<f2", "<f4");

    private FrameArrays() {}

    /**
     * The entropy of a frame's votes: float32 [height, width], bits.
     *
     * @param folder with uint8 [passes, height, width] for the frame
     * @throws InvalidInputException when the array is of another type or shape, or names a class that there is not
     */
    static float[] voteEntropy(Path folder, String frame, ImageSize size, int classes) throws IOException {
        NpyFile votes = open(folder, frame);
        int[] shape = votes.shape();
        boolean fits = shape.length == 3 && shape[1] == size.height() && shape[2] == size.width();
        if (!votes.type().equals("|u1") || !fits || shape[0] < 2) {
            throw invalid(
                    folder,
                    frame,
                    "has elements of type " + votes.type() + " and the shape " + Arrays.toString(shape)
                            + ", expected |u1 (uint8) and [passes, " + size.height() + ", " + size.width()
                            + "] with 2 passes or more");
        }
        VoteCounter counter = new VoteCounter(classes, size.pixels());
        for (int pass = 0; pass < shape[0]; pass++) {
            byte[] winners = votes.bytes((long) pass * size.pixels(), size.pixels());
            for (byte winner : winners) {
                if ((winner & 0xff) >= classes) {
                    throw invalid(
                            folder,
                            frame,
                            "has a vote for class " + (winner & 0xff) + ", expected 0 to " + (classes - 1));
                }
            }
            counter.addVotes(winners);
        }
        return counter.entropy();
    }

    /**
     * The features of a frame: float32 [features].
     *
     * @throws InvalidInputException when the array is of another type or shape
     */
    static float[] features(Path folder, String frame) throws IOException {
        NpyFile features = open(folder, frame);
        if (!REAL.contains(features.type()) || features.shape().length != 1 || features.size() == 0) {
            throw invalid(
                    folder,
                    frame,
                    "has elements of type " + features.type() + " and the shape " + Arrays.toString(features.shape())
                            + ", expected float16 or float32 [features]");
        }
        return features.floats(0, Math.toIntExact(features.size()));
    }

    /** Makes sure that all frames have as many features. */
    static void requireLength(int expected, int length, String frame) {
        if (length != expected) {
            throw new InvalidInputException(
                    Reason.InvalidDataset,
                    "Frame '" + frame + "' has " + length + " features and the first frame " + expected
                            + ": all need the same");
        }
    }

    private static NpyFile open(Path folder, String frame) throws IOException {
        Path file = folder.resolve(frame + ".npy");
        if (!Files.isRegularFile(file)) {
            throw invalid(folder, frame, "is missing: every frame of the scene needs one");
        }
        return NpyFile.open(file);
    }

    private static InvalidInputException invalid(Path folder, String frame, String what) {
        return new InvalidInputException(
                Reason.InvalidDataset,
                "Frame '" + frame + "', " + folder.resolve(frame + ".npy") + ": the file " + what);
    }
}
