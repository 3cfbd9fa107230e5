package io.viewal.operator.round;

import static org.assertj.core.api.Assertions.assertThat;

import io.viewal.contract.Fact;
import io.viewal.contract.Stage;
import io.viewal.contract.StageRequest;
import io.viewal.contract.StageResult;
import io.viewal.operator.pipeline.Results;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProcessorsTest {

    @Test
    void namesWhatAllStagesRanOn() {
        assertThat(Processors.of(new Results(Map.of(Stage.TRAIN, ran("avx2"), Stage.SCORE, ran("avx2", "avx2")))))
                .contains("avx2");
    }

    @Test
    void saysThatARoundOnDifferentProcessorsIsValid() {
        Results done = new Results(
                Map.of(Stage.TRAIN, ran("avx512"), Stage.SCORE, ran("avx2", "avx512"), Stage.SELECT, ran("avx2")));
        assertThat(Processors.of(done))
                .hasValueSatisfying(
                        text -> assertThat(text).startsWith("avx2 (SCORE, SELECT); avx512 (TRAIN, SCORE); valid, "));
    }

    @Test
    void isSilentWhereNoStageSays() {
        assertThat(Processors.of(Results.NONE)).isEmpty();
    }

    private static List<StageResult> ran(String... capabilities) {
        return IntStream.range(0, capabilities.length)
                .mapToObj(shard -> new StageResult(
                        StageRequest.VERSION,
                        Stage.SCORE,
                        shard,
                        capabilities.length,
                        null,
                        1,
                        "",
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Map.of(Fact.PROCESSOR, capabilities[shard])))
                .toList();
    }
}
