package io.viewal.worker.dataset.importer;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes frames ready on all cores and hands them on in their order. A few are on their way at a time, so that memory does
 * not grow with the number of frames.
 */
final class FramePipeline implements AutoCloseable {

    private static final int AHEAD = 2;

    private final int capacity = AHEAD * Runtime.getRuntime().availableProcessors();
    private final ExecutorService executor =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    private final Queue<Entry> underWay = new ArrayDeque<>();
    private final Sink sink;

    FramePipeline(Sink sink) {
        this.sink = sink;
    }

    /** Takes ready frames, on the thread that submits. */
    interface Sink {

        void take(ReadyFrame frame) throws IOException;

        /** A frame could not be made ready. */
        void failed(String name, RuntimeException failure);
    }

    private record Entry(String name, Future<ReadyFrame> ready) {}

    /** Begins with a frame; waits while too many are under way. */
    void submit(String name, Callable<ReadyFrame> task) throws IOException {
        if (underWay.size() >= capacity) {
            handOn();
        }
        underWay.add(new Entry(name, executor.submit(task)));
    }

    /** Hands on the rest. */
    void drain() throws IOException {
        while (!underWay.isEmpty()) {
            handOn();
        }
    }

    private void handOn() throws IOException {
        Entry entry = underWay.remove();
        try {
            sink.take(entry.ready().get());
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failure -> throw failure;
                case RuntimeException failure -> sink.failed(entry.name(), failure);
                case Error error -> throw error;
                default -> throw new IllegalStateException(e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while importing frames", e);
        }
    }

    @Override
    public void close() {
        underWay.forEach(entry -> entry.ready().cancel(false));
        executor.close();
    }
}
