package io.viewal.worker.model;

import io.viewal.worker.dataset.ImageSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Makes the batches of a training, one ahead on a thread of its own; a batch depends on its iteration alone. */
final class BatchSource implements AutoCloseable {

    private final TrainingSet frames;
    private final ImageSize size;
    private final EpochOrder order;
    private final boolean augment;
    private final long seed;
    private final Augmentation augmentation;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("batches").factory());
    private Future<Batch> ahead;
    private long aheadIteration = -1;
    private long waitNanos;

    BatchSource(TrainingSet frames, ImageSize size, EpochOrder order, boolean augment, long seed) {
        this.frames = frames;
        this.size = size;
        this.order = order;
        this.augment = augment;
        this.seed = seed;
        this.augmentation = new Augmentation(size);
    }

    /** The batch of an iteration; begins with the next one. */
    Batch take(long iteration) throws IOException {
        Future<Batch> wanted = iteration == aheadIteration ? ahead : executor.submit(() -> make(iteration));
        long start = System.nanoTime();
        Batch batch = await(wanted);
        waitNanos += System.nanoTime() - start;
        aheadIteration = iteration + 1;
        ahead = executor.submit(() -> make(iteration + 1));
        return batch;
    }

    /** How long the training has waited for batches. */
    double waitSeconds() {
        return waitNanos / 1e9;
    }

    private Batch make(long iteration) throws IOException {
        int[] indices = order.batch(iteration);
        int pixels = size.pixels();
        float[] images = new float[indices.length * 3 * pixels];
        byte[] labels = new byte[indices.length * pixels];
        Random random = new Random(Seeds.mix(seed, iteration));
        for (int i = 0; i < indices.length; i++) {
            float[] rgb = Normalization.floats(frames.rgb(indices[i]));
            byte[] truth = frames.labels(indices[i]).clone();
            if (augment) {
                augmentation.apply(rgb, truth, random);
            }
            Normalization.write(rgb, images, i * 3 * pixels);
            System.arraycopy(truth, 0, labels, i * pixels, pixels);
        }
        return new Batch(images, labels);
    }

    private static Batch await(Future<Batch> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a batch", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case UncheckedIOException io -> throw io;
                case RuntimeException other -> throw other;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    @Override
    public void close() {
        executor.close();
    }
}
