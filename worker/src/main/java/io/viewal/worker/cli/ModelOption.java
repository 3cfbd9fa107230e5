package io.viewal.worker.cli;

import io.viewal.contract.Backbone;
import io.viewal.contract.Mode;
import io.viewal.contract.ScoreParameters.Dropout;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.model.NetworkFile;
import io.viewal.worker.model.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A trained network in a file. */
final class ModelOption {

    @Option(
            names = "--model",
            required = true,
            paramLabel = "FILE",
            description = "model.safetensors of 'viewal train' or of a round, or a state dict of a whole DeepLabv3+ "
                    + "(.safetensors or .pth, with the published code's names).")
    private Path file;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description =
                    "How the network of a state dict pads: corrected, inside the depthwise convolutions, or reference, "
                            + "before each block as the published code does (default: corrected). A model of a training says it "
                            + "itself.")
    private Mode mode;

    @Option(
            names = "--backbone",
            paramLabel = "BACKBONE",
            description = "The backbone of a state dict: ${COMPLETION-CANDIDATES} (default: MobileNetV2). A model of a "
                    + "training says it itself.")
    private Backbone backbone;

    Path file() {
        return file;
    }

    /**
     * Reads the file.
     *
     * @throws InvalidInputException when there is none, or it holds no weights
     */
    NetworkFile open() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "--model: '" + file + "' " + (Files.exists(file) ? "is no file" : "does not exist")
                            + ", expected a model.safetensors or a state dict");
        }
        return NetworkFile.open(file);
    }

    /** The network of the file. */
    Predictor predictor(NetworkFile network, ImageSize size, Dropout dropout) throws IOException {
        return network.predictor(Optional.ofNullable(mode), Optional.ofNullable(backbone), size, dropout);
    }
}
