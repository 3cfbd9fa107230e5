package io.viewal.worker.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.incubator.vector.VectorShape;

/**
 * What decides the last bits of a stage's numbers beside its image: the instruction set that the engine's kernels take,
 * the width of Java's vectors and the number of threads. Sums of floating-point numbers depend on their order, and each of
 * these changes it.
 *
 * @param instructions of the engine's kernels, by PyTorch's names: {@code default}, {@code avx2} or {@code avx512}
 * @param vectorBits width of Java's vectors
 * @param threads processors that this process may use
 */
record ProcessorCapability(String instructions, int vectorBits, int threads) {

    private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");
    private static final Set<String> AVX2 = Set.of("avx2", "fma");
    private static final Set<String> AVX512 = Set.of("avx512f", "avx512bw", "avx512dq", "avx512vl", "fma");

    private static final List<String> LEVELS = List.of("default", "avx2", "avx512");

    /** PyTorch's own variable, which lowers what its kernels take. */
    private static final String LIMIT = "ATEN_CPU_CAPABILITY";

    /** Those of this process. */
    static ProcessorCapability here() {
        return of(
                flags(),
                System.getenv(),
                VectorShape.preferredShape().vectorBitSize(),
                Runtime.getRuntime().availableProcessors());
    }

    static ProcessorCapability of(Set<String> flags, Map<String, String> environment, int vectorBits, int threads) {
        String found = flags.containsAll(AVX512) ? "avx512" : flags.containsAll(AVX2) ? "avx2" : "default";
        String limit = environment.getOrDefault(LIMIT, found).toLowerCase(Locale.ROOT);
        int level =
                LEVELS.contains(limit) ? Math.min(LEVELS.indexOf(limit), LEVELS.indexOf(found)) : LEVELS.indexOf(found);
        return new ProcessorCapability(LEVELS.get(level), vectorBits, threads);
    }

    private static Set<String> flags() {
        try (var lines = Files.lines(DESCRIPTION)) {
            return lines.filter(line -> line.startsWith("flags"))
                    .limit(1)
                    .flatMap(line -> Arrays.stream(line.split("\\s+")))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            return Set.of();
        }
    }

    /** As a stage's fact has it. */
    @Override
    public String toString() {
        return "%s, Java vectors of %d bits, %d %s"
                .formatted(instructions, vectorBits, threads, threads == 1 ? "thread" : "threads");
    }
}
