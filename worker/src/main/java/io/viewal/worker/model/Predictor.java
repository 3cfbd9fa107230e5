package io.viewal.worker.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.viewal.contract.ScoreParameters.Dropout;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.model.network.BackboneFeatures;
import io.viewal.worker.model.network.DeepLabV3Plus;
import io.viewal.worker.model.network.Pass;
import io.viewal.worker.model.network.Weights;
import io.viewal.worker.model.weights.Safetensors;
import io.viewal.worker.model.weights.TensorFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Predicts frames with a trained model. One thread at a time. */
public final class Predictor implements AutoCloseable {

    /** Passes at once; more take memory and no less time. */
    private static final int CHUNK = 4;

    private final ModelFile model;
    private final Device device;
    private final NDManager manager;
    private final DeepLabV3Plus network;
    private final Dropout dropout;

    private Predictor(ModelFile model, Device device, NDManager manager, DeepLabV3Plus network, Dropout dropout) {
        this.model = model;
        this.device = device;
        this.manager = manager;
        this.network = network;
        this.dropout = dropout;
    }

    /** Reads a model whose passes sample the dropouts after the backbone. */
    public static Predictor load(Path file) throws IOException {
        return load(file, Dropout.Backbone);
    }

    /**
     * Reads a model.
     *
     * @param file as {@link Trainer} writes it
     * @param dropout what the passes sample
     * @throws InvalidInputException InvalidWeights, when the file is not such a model
     */
    public static Predictor load(Path file, Dropout dropout) throws IOException {
        return load(file, dropout, DataType.FLOAT32);
    }

    /** The same, computed in a type of one's own. */
    static Predictor load(Path file, Dropout dropout, DataType type) throws IOException {
        TensorFile content = Safetensors.read(file);
        return of(ModelFile.of(file, content), dropout, type, weights -> ModelFile.load(file, content, weights));
    }

    /** Fills the weights of a network. */
    @FunctionalInterface
    interface Filling {

        void fill(Weights weights) throws IOException;
    }

    /** A network whose weights are filled when it is built. */
    static Predictor of(ModelFile model, Dropout dropout, DataType type, Filling filling) throws IOException {
        Device device = Devices.best();
        NDManager manager = Engine.getInstance().newBaseManager(device);
        try {
            Weights weights = Weights.zeros(manager, type);
            DeepLabV3Plus network = model.network(weights);
            filling.fill(weights);
            return new Predictor(model, device, manager, network, dropout);
        } catch (RuntimeException | IOException e) {
            manager.close();
            throw e;
        }
    }

    /** Names by id. */
    public List<String> classes() {
        return model.classes();
    }

    /** Of the frames that it was trained with, and predicts. */
    public ImageSize size() {
        return model.size();
    }

    /** What it runs on: {@code cpu} or {@code gpu 0}. */
    public String device() {
        return Devices.name(device);
    }

    /**
     * The mean softmax of Monte Carlo dropout passes, see {@link Dropout}; batch norm stays frozen.
     *
     * @param rgb uint8 [height, width, 3]
     * @param passes 1: one pass without dropout
     * @param seed of the dropout; derive it from the round's seed, the scene and the frame
     * @return float32 [classes, height, width]
     */
    public float[] probabilities(byte[] rgb, int passes, long seed) {
        return sample(rgb, passes, seed, Optional.empty());
    }

    /** As above; the listener sees every pass. */
    public float[] probabilities(byte[] rgb, int passes, long seed, PassListener listener) {
        return sample(rgb, passes, seed, Optional.of(listener));
    }

    private float[] sample(byte[] rgb, int passes, long seed, Optional<PassListener> listener) {
        if (passes < 1) {
            throw new IllegalArgumentException(passes + " passes, expected at least 1");
        }
        try (NDManager frame = manager.newSubManager()) {
            BackboneFeatures features = network.backbone(image(frame, rgb), Pass.evaluation());
            if (passes == 1) {
                float[] only =
                        softmax(network.decode(features, Pass.evaluation())).toFloatArray();
                listener.ifPresent(l -> l.pass(0, only));
                return only;
            }
            DropoutSampler sampler = DropoutSampler.of(dropout, network, features, seed);
            NDArray sum = frame.zeros(new Shape(
                    model.classes().size(), model.size().height(), model.size().width()));
            for (int from = 0; from < passes; from += CHUNK) {
                int to = Math.min(from + CHUNK, passes);
                try (NDManager chunk = frame.newSubManager()) {
                    NDArray samples = softmax(sampler.decoded(chunk, from, to));
                    sum.addi(samples.sum(new int[] {0}));
                    int first = from;
                    listener.ifPresent(l -> report(samples, first, l));
                }
            }
            return sum.divi(passes).toFloatArray();
        }
    }

    private static void report(NDArray samples, int first, PassListener listener) {
        for (int i = 0; i < samples.getShape().get(0); i++) {
            listener.pass(first + i, samples.get(i).toFloatArray());
        }
    }

    private NDArray softmax(NDArray decoded) {
        NDArray coarse = network.classify(decoded);
        return network.resize(coarse, model.size().height(), model.size().width())
                .softmax(1)
                .toType(DataType.FLOAT32, false);
    }

    /** The most probable class of each pixel, without dropout: uint8 [height, width]. */
    public byte[] classes(byte[] rgb) {
        checkSize(rgb);
        return new Evaluator(manager, network, model.size(), model.classes().size()).predict(rgb);
    }

    /**
     * What Core-Set compares frames by: what the decoder sees of pyramid and low-level features, without dropout, averaged
     * over windows of 32 x 32 at a stride of 16 (of the features' own pixels, four of the image's).
     *
     * @return float32 [304 · windows]; 2,432 numbers for 240 x 320 pixels
     */
    public float[] features(byte[] rgb) {
        try (NDManager frame = manager.newSubManager()) {
            return network.pooledFeatures(image(frame, rgb))
                    .toType(DataType.FLOAT32, false)
                    .toFloatArray();
        }
    }

    private NDArray image(NDManager frame, byte[] rgb) {
        checkSize(rgb);
        return Evaluator.image(frame, rgb, model.size());
    }

    private void checkSize(byte[] rgb) {
        if (rgb.length != 3 * model.size().pixels()) {
            throw new InvalidInputException(
                    Reason.InvalidDataset,
                    "A frame of " + rgb.length + " bytes for a model of " + model.size() + " pixels, expected "
                            + 3 * model.size().pixels() + "; prepare the data set at the model's size");
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
