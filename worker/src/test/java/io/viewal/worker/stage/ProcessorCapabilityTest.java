package io.viewal.worker.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProcessorCapabilityTest {

    private static final Set<String> AVX2 = Set.of("sse4_1", "avx2", "fma");
    private static final Set<String> AVX512 =
            Set.of("sse4_1", "avx2", "fma", "avx512f", "avx512bw", "avx512dq", "avx512vl");

    @Test
    void namesTheWidestInstructionsThatTheEngineTakes() {
        assertThat(of(AVX512, Map.of())).isEqualTo("avx512");
        assertThat(of(AVX2, Map.of())).isEqualTo("avx2");
        assertThat(of(Set.of("sse4_1", "avx"), Map.of())).isEqualTo("default");
    }

    @Test
    void followsTheEnginesOwnLimitDownwardsOnly() {
        assertThat(of(AVX512, Map.of("ATEN_CPU_CAPABILITY", "avx2"))).isEqualTo("avx2");
        assertThat(of(AVX512, Map.of("ATEN_CPU_CAPABILITY", "DEFAULT"))).isEqualTo("default");
        assertThat(of(AVX2, Map.of("ATEN_CPU_CAPABILITY", "avx512"))).isEqualTo("avx2");
        assertThat(of(Set.of(), Map.of("ATEN_CPU_CAPABILITY", "avx2"))).isEqualTo("default");
    }

    @Test
    void readsAsASentencesPart() {
        assertThat(new ProcessorCapability("avx2", 256, 1)).hasToString("avx2, Java vectors of 256 bits, 1 thread");
        assertThat(ProcessorCapability.here().toString()).matches("\\w+, Java vectors of \\d+ bits, \\d+ threads?");
    }

    private static String of(Set<String> flags, Map<String, String> environment) {
        return ProcessorCapability.of(flags, environment, 256, 2).instructions();
    }
}
