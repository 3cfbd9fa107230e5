package io.viewal.worker.acquisition;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Threads that share work, each with a number from 0. */
final class Team implements AutoCloseable {

    private final int threads;
    private final ExecutorService executor;

    Team(int threads) {
        this.threads = threads;
        this.executor = Executors.newFixedThreadPool(threads);
    }

    /** What a thread does with a task. */
    interface Work {
        void run(int thread, int task);
    }

    /** The tasks 0 to {@code tasks − 1}, each by the thread that is free; returns when all are done. */
    void each(int tasks, Work work) {
        AtomicInteger next = new AtomicInteger();
        all(thread -> {
            for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
                work.run(thread, task);
            }
        });
    }

    /** The same by every thread; returns when all have ended, and throws what the first to fail has thrown. */
    void all(IntConsumer work) {
        List<Future<?>> running = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int thread = t;
            running.add(executor.submit(() -> work.accept(thread)));
        }
        try {
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while scoring", e);
        }
    }

    @Override
    public void close() {
        executor.close();
    }
}
