package io.viewal.worker.model;

import ai.djl.ndarray.types.DataType;
import io.viewal.contract.Backbone;
import io.viewal.contract.Mode;
import io.viewal.contract.ScoreParameters.Dropout;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.model.network.Architecture;
import io.viewal.worker.model.weights.TensorFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A file with the weights of a whole network: a model as {@link Trainer} writes it, which says of what, or a state dict of
 * others, as the published code's, which says its number of classes alone.
 */
public final class NetworkFile {

    /** What the classifier's kernel is called, below any prefix: [classes, 256, 1, 1]. */
    private static final String CLASSIFIER = "decoder.last_conv.8.weight";

    private final Path file;
    private final TensorFile content;
    private final Optional<ModelFile> model;

    private NetworkFile(Path file, TensorFile content, Optional<ModelFile> model) {
        this.file = file;
        this.content = content;
        this.model = model;
    }

    /**
     * Reads a {@code .safetensors} or {@code .pth} file.
     *
     * @throws InvalidInputException InvalidWeights, when it is neither
     */
    public static NetworkFile open(Path file) throws IOException {
        TensorFile content = TensorFile.read(file);
        return new NetworkFile(
                file,
                content,
                ModelFile.isDescribed(content) ? Optional.of(ModelFile.of(file, content)) : Optional.empty());
    }

    /** The size of the frames that it was trained with; empty when the file does not say it. */
    public Optional<ImageSize> size() {
        return model.map(ModelFile::size);
    }

    /** Class names by id; empty when the file does not say them. */
    public Optional<List<String>> classes() {
        return model.map(ModelFile::classes);
    }

    /**
     * The network, ready to predict.
     *
     * @param mode how it pads, {@link Mode#corrected} being the standard way; empty: as the file says, otherwise that way
     * @param backbone empty: as the file says, otherwise MobileNetV2
     * @param size of the frames; of a file that says it, its own
     * @param dropout what passes sample
     * @throws InvalidInputException InvalidWeights, when the file says something else, or lacks a part of the network
     */
    public Predictor predictor(Optional<Mode> mode, Optional<Backbone> backbone, ImageSize size, Dropout dropout)
            throws IOException {
        if (model.isPresent()) {
            requireSaid(model.get().architecture(), mode, backbone);
            return Predictor.load(file, dropout);
        }
        ModelFile described = new ModelFile(
                ModelFile.architecture(mode.orElse(Mode.corrected), backbone.orElse(Backbone.MobileNetV2)),
                numbered(classCount()),
                size);
        return Predictor.of(described, dropout, DataType.FLOAT32, weights -> {
            PretrainedReport report = StateDictLoader.load(file, weights);
            if (!report.missing().isEmpty()) {
                throw ModelFile.invalid(file, "it is not a whole network: " + report);
            }
        });
    }

    private void requireSaid(Architecture own, Optional<Mode> mode, Optional<Backbone> backbone) {
        boolean said = Arrays.stream(Mode.values())
                .filter(m -> mode.isEmpty() || mode.get() == m)
                .anyMatch(m -> Arrays.stream(Backbone.values())
                        .filter(b -> backbone.isEmpty() || backbone.get() == b)
                        .anyMatch(b -> ModelFile.architecture(m, b) == own));
        if (!said) {
            String asked = Stream.of(mode.map(m -> "mode " + m), backbone.map(b -> "backbone " + b))
                    .flatMap(Optional::stream)
                    .collect(Collectors.joining(" and "));
            throw ModelFile.invalid(
                    file, "its architecture is '" + own.id() + "', which is not that of " + asked + ": leave that out");
        }
    }

    private int classCount() {
        return content.tensors().entrySet().stream()
                .filter(tensor -> tensor.getKey().endsWith(CLASSIFIER))
                .mapToInt(tensor -> (int) tensor.getValue().shape()[0])
                .findFirst()
                .orElseThrow(() -> ModelFile.invalid(
                        file,
                        "it is no model of a training and has no tensor '" + CLASSIFIER
                                + "', as a state dict of the whole network has"));
    }

    private static List<String> numbered(int classes) {
        return IntStream.range(0, classes).mapToObj(id -> "class " + id).toList();
    }
}
