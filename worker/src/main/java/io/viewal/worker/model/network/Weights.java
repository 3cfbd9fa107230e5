package io.viewal.worker.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * The tensors of a network by their PyTorch names, in the network's order, owned by the manager given. They are float32, or
 * float64 for numbers to compare with; the network computes in their type.
 */
public final class Weights {

    /** Names of the tensors below the backbone start so; all others are the head's. */
    public static final String BACKBONE = "backbone.";

    private final NDManager manager;
    private final DataType type;
    private final boolean random;
    private final long seed;
    private final Map<String, NDArray> tensors = new LinkedHashMap<>();
    private final Map<String, NDArray> trained = new LinkedHashMap<>();

    private Weights(NDManager manager, DataType type, boolean random, long seed) {
        this.manager = manager;
        this.type = type;
        this.random = random;
        this.seed = seed;
    }

    /** Convolutions start from Kaiming normal values, which depend on the seed and the tensor's name alone. */
    public static Weights random(NDManager manager, long seed) {
        return random(manager, DataType.FLOAT32, seed);
    }

    /** The same values in another type. */
    public static Weights random(NDManager manager, DataType type, long seed) {
        return new Weights(manager, type, true, seed);
    }

    /** Convolutions start from zero: for weights that are about to be loaded. */
    public static Weights zeros(NDManager manager) {
        return zeros(manager, DataType.FLOAT32);
    }

    /** The same in another type. */
    public static Weights zeros(NDManager manager, DataType type) {
        return new Weights(manager, type, false, 0);
    }

    /** What the network computes in. */
    DataType type() {
        return type;
    }

    /** All tensors, running statistics included. */
    public Map<String, NDArray> all() {
        return Collections.unmodifiableMap(tensors);
    }

    /** The tensors that are learned. */
    public Map<String, NDArray> trained() {
        return Collections.unmodifiableMap(trained);
    }

    /** Lets the learned tensors gather gradients. */
    public void requireGradients() {
        trained.values().forEach(tensor -> tensor.setRequiresGradient(true));
    }

    /** Overwrites a tensor in place. */
    public void set(String name, NDArray values) {
        values.copyTo(tensors.get(name));
    }

    /** A kernel [out, in / groups, k, k], Kaiming normal by its fan-in. */
    NDArray kernel(String name, int out, int in, int size) {
        Shape shape = new Shape(out, in, size, size);
        if (!random) {
            return learned(name, manager.zeros(shape, type));
        }
        Random generator = new Random(seed * 0x9E3779B97F4A7C15L + name.hashCode());
        double deviation = Math.sqrt(2.0 / ((double) in * size * size));
        float[] values = new float[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (generator.nextGaussian() * deviation);
        }
        return learned(name, manager.create(values, shape).toType(type, false));
    }

    /** A learned vector of one value. */
    NDArray vector(String name, int size, float value) {
        return learned(name, manager.full(new Shape(size), value, type));
    }

    /** A running statistic, which is not learned. */
    NDArray statistic(String name, int size, float value) {
        NDArray tensor = manager.full(new Shape(size), value, type);
        tensors.put(name, tensor);
        return tensor;
    }

    private NDArray learned(String name, NDArray tensor) {
        tensors.put(name, tensor);
        trained.put(name, tensor);
        return tensor;
    }
}
