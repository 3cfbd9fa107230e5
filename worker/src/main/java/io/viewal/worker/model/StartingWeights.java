package io.viewal.worker.model;

import io.viewal.contract.ContractJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Weights that a training begins with.
 *
 * @param file a state dict
 * @param sha256 of the file, lower-case hexadecimal
 * @param kind what may be in it
 */
public record StartingWeights(Path file, String sha256, Kind kind) {

    /** What a file of weights may be. */
    public enum Kind {
        /** A {@code .safetensors} or {@code .pth} of a backbone or of the whole network, whatever its classes. */
        PRETRAINED,

        /** A model as {@link Trainer} writes it, whole, of the same architecture and the same classes. */
        MODEL
    }

    /** Weights of others. */
    public static StartingWeights pretrained(Path file) throws IOException {
        return new StartingWeights(file, digest(file), Kind.PRETRAINED);
    }

    /** The model that a training before left. */
    public static StartingWeights model(Path file) throws IOException {
        return new StartingWeights(file, digest(file), Kind.MODEL);
    }

    private static String digest(Path file) throws IOException {
        return ContractJson.sha256(Files.readAllBytes(file));
    }
}
