package io.viewal.worker.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.model.network.DeepLabV3Plus;
import io.viewal.worker.model.network.Pass;
import io.viewal.worker.model.network.Weights;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The network under training, once a device. Each replica takes a part of a batch, gradients are added up on the first
 * device, whose weights are the ones that are stepped and saved, and {@link #share} hands them to the others. Batch
 * statistics are those of a replica's own part and running ones those of the first, as in PyTorch's data parallelism.
 */
final class Replicas implements AutoCloseable {

    /** A batch norm needs more than one frame to tell anything. */
    private static final int LEAST_FRAMES = 2;

    private final List<Replica> replicas = new ArrayList<>();
    private final ImageSize size;
    private final MaskedCrossEntropy loss;

    private record Replica(NDManager manager, Weights weights, DeepLabV3Plus network) {}

    /**
     * Networks of random weights.
     *
     * @param seed of the weights
     * @param type of the weights and of all that is computed
     */
    Replicas(List<Device> devices, ModelFile model, long seed, MaskedCrossEntropy loss, DataType type) {
        this.size = model.size();
        this.loss = loss;
        for (Device device : devices) {
            NDManager manager = Engine.getInstance().newBaseManager(device);
            Weights weights = Weights.random(manager, type, seed);
            replicas.add(new Replica(manager, weights, model.network(weights)));
        }
    }

    /** The first replica's, which the others follow. */
    Weights weights() {
        return replicas.getFirst().weights();
    }

    /** On the first device. */
    DeepLabV3Plus network() {
        return replicas.getFirst().network();
    }

    /** Of the first device. */
    NDManager manager() {
        return replicas.getFirst().manager();
    }

    /**
     * Gathers the gradient of a batch's loss in {@link #weights}.
     *
     * @param passes how a replica, from 0, treats batch norm and dropout
     * @return the loss over the labeled pixels of the whole batch
     */
    double backward(Batch batch, IntFunction<Pass> passes) {
        int frames = batch.labels().length / size.pixels();
        int parts = Math.clamp(frames / LEAST_FRAMES, 1, replicas.size());
        double all = parts == 1 ? 0 : loss.weight(batch.labels());
        List<NDManager> managers = new ArrayList<>();
        try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            List<NDArray> losses = new ArrayList<>();
            // Devices work at the same time: nothing here waits for a result.
            for (int i = 0; i < parts; i++) {
                Replica replica = replicas.get(i);
                replica.weights().requireGradients();
                managers.add(replica.manager().newSubManager());
                Batch part = part(batch, frames * i / parts, frames * (i + 1) / parts);
                NDArray mean = loss(replica, managers.getLast(), part, passes.apply(i));
                double factor = (parts == 1 || all == 0 ? 1 : loss.weight(part.labels()) / all) / loss.divisor(frames);
                NDArray share = factor == 1 ? mean : mean.mul(factor);
                gradients.backward(share);
                losses.add(share);
            }
            replicas.subList(1, parts).forEach(this::addGradients);
            return losses.stream().mapToDouble(Replicas::number).sum();
        } finally {
            managers.forEach(NDManager::close);
        }
    }

    private NDArray loss(Replica replica, NDManager manager, Batch part, Pass pass) {
        long frames = part.labels().length / size.pixels();
        NDArray images = manager.create(part.images(), new Shape(frames, 3, size.height(), size.width()));
        NDArray labels = manager.create(
                ByteBuffer.wrap(part.labels()), new Shape(frames, 1, size.height(), size.width()), DataType.UINT8);
        return loss.apply(replica.network().forward(images, pass), labels);
    }

    private static double number(NDArray array) {
        return array.toType(DataType.FLOAT64, false).getDouble();
    }

    private Batch part(Batch batch, int from, int to) {
        int pixels = size.pixels();
        if ((to - from) * pixels == batch.labels().length) {
            return batch;
        }
        return new Batch(
                Arrays.copyOfRange(batch.images(), from * 3 * pixels, to * 3 * pixels),
                Arrays.copyOfRange(batch.labels(), from * pixels, to * pixels));
    }

    private void addGradients(Replica replica) {
        replica.weights().trained().forEach((name, weight) -> {
            try (NDArray gradient = weight.getGradient();
                    NDArray moved = gradient.toDevice(manager().getDevice(), true);
                    NDArray sum = weights().trained().get(name).getGradient()) {
                sum.addi(moved);
                // In place: an array that is overwritten rests on Java's memory, which ends with this handle.
                gradient.muli(0);
            }
        });
    }

    /** Hands the first replica's weights to the others; to be called when they have changed. */
    void share() {
        for (Replica replica : replicas.subList(1, replicas.size())) {
            weights().all().forEach((name, tensor) -> replica.weights().set(name, tensor));
        }
    }

    @Override
    public void close() {
        replicas.forEach(replica -> replica.manager().close());
    }
}
