package io.viewal.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most memory that this process holds, page cache aside (RssAnon and RssShmem), sampled by a thread. */
final class PeakMemory implements AutoCloseable {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int INTERVAL_MILLIS = 20;

    private final Thread sampler = Thread.ofPlatform().daemon().start(this::sample);
    private volatile long peak;

    private void sample() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                peak = Math.max(peak, now());
                Thread.sleep(INTERVAL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What this process holds at the moment, in bytes. */
    static long now() {
        try {
            long kib = 0;
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("RssAnon:") || line.startsWith("RssShmem:")) {
                    kib += Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
            return kib << 10;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes. */
    long peak() {
        return peak;
    }

    @Override
    public void close() {
        sampler.interrupt();
    }
}
