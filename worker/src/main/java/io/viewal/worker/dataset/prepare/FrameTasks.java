package io.viewal.worker.dataset.prepare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Does the same for every frame, a frame a core. */
final class FrameTasks {

    private FrameTasks() {}

    /** What is done for a frame. */
    interface Task {
        void run(int frame) throws IOException;
    }

    /**
     * Runs the task for frames 0 to {@code frames} − 1. After a failure no later frame is begun, but all earlier ones end,
     * so the failure thrown is always that of the first frame that fails.
     */
    static void run(int frames, Task task) throws IOException {
        int threads = Math.min(frames, Runtime.getRuntime().availableProcessors());
        AtomicInteger failed = new AtomicInteger(frames);
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < frames; i++) {
                int frame = i;
                running.add(executor.submit(() -> {
                    if (frame < failed.get()) {
                        attempt(task, frame, failed);
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw rethrow(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while preparing frames", e);
        }
    }

    private static void attempt(Task task, int frame, AtomicInteger failed) throws IOException {
        boolean done = false;
        try {
            task.run(frame);
            done = true;
        } finally {
            if (!done) {
                failed.accumulateAndGet(frame, Math::min);
            }
        }
    }

    private static RuntimeException rethrow(Throwable cause) throws IOException {
        return switch (cause) {
            case IOException failure -> throw failure;
            case RuntimeException failure -> failure;
            case Error error -> throw error;
            default -> new IllegalStateException(cause);
        };
    }
}
