package io.viewal.bench;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** How fast all processors together read memory that is in no cache. */
final class Bandwidth {

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_256;
    private static final long BYTES = 256L << 20;
    private static final long CHUNK = 64L << 10;
    private static final int ROUNDS = 15;

    private Bandwidth() {}

    /** Bytes a second: the median of some rounds. */
    static double measure() throws IOException {
        int threads = Runtime.getRuntime().availableProcessors();
        try (Arena arena = Arena.ofShared()) {
            List<MemorySegment> parts = IntStream.range(0, threads)
                    .mapToObj(i -> arena.allocate(BYTES, F.vectorByteSize()).fill((byte) 1))
                    .toList();
            List<Double> rates = new ArrayList<>();
            double sink = 0;
            for (int round = 0; round < ROUNDS; round++) {
                double[] sum = new double[1];
                double seconds = Timing.seconds(() -> sum[0] = parts.parallelStream()
                        .flatMapToDouble(part -> DoubleStream.of(sum(part)))
                        .sum());
                sink += sum[0];
                rates.add(threads * BYTES / seconds);
            }
            if (Double.isNaN(sink)) {
                throw new IllegalStateException("The sum can't be NaN");
            }
            return Timing.median(rates);
        }
    }

    private static double sum(MemorySegment part) {
        double sum = 0;
        for (long from = 0; from < BYTES; from += CHUNK) {
            sum += sum(part, from);
        }
        return sum;
    }

    /** Short enough to be compiled as a whole after some calls. */
    private static double sum(MemorySegment part, long from) {
        FloatVector a = FloatVector.zero(F);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        int step = F.vectorByteSize();
        for (long at = from; at < from + CHUNK; at += 4L * step) {
            a = a.add(FloatVector.fromMemorySegment(F, part, at, ByteOrder.nativeOrder()));
            b = b.add(FloatVector.fromMemorySegment(F, part, at + step, ByteOrder.nativeOrder()));
            c = c.add(FloatVector.fromMemorySegment(F, part, at + 2L * step, ByteOrder.nativeOrder()));
            d = d.add(FloatVector.fromMemorySegment(F, part, at + 3L * step, ByteOrder.nativeOrder()));
        }
        return a.add(b).add(c).add(d).lane(0);
    }
}
