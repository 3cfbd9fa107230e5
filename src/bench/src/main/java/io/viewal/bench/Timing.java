package io.viewal.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Wall times. */
final class Timing {

    /** What is timed. */
    interface Work {
        void run() throws IOException;
    }

    private static final long REST_MILLIS = 1000;

    /** Until a processor that slept runs at its usual speed. */
    private static final long WAKE_NANOS = 500_000_000;

    private Timing() {}

    static double seconds(Work work) throws IOException {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }

    /** Processor time that this process has taken, all threads together. */
    static double processorSeconds() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    /** Processor time that this thread has taken, in nanoseconds. */
    static long threadNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /**
     * Lets what the turn before has left come to an end: threads that still wait actively, pages not yet on the disk. Then
     * keeps all processors busy for a moment, so that neither side begins on sleeping ones: a turn of a fifth of a second
     * would be slowed by them, one of seconds not.
     */
    static void rest() throws IOException {
        try {
            new ProcessBuilder("sync").start().waitFor();
            Thread.sleep(REST_MILLIS);
            wake();
        } catch (InterruptedException e) {
            throw new IOException("Interrupted between two turns", e);
        }
    }

    private static void wake() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        long end = System.nanoTime() + WAKE_NANOS;
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        sorted.sort(null);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** How busy the machine is, for the reader to judge the figures by. */
    static String load() throws IOException {
        Path file = Path.of("/proc/loadavg");
        String load = Files.isReadable(file) ? Files.readString(file).split(" ")[0] : "unknown";
        return "%d processors, load %s".formatted(Runtime.getRuntime().availableProcessors(), load);
    }

    static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
        System.out.flush();
    }
}
