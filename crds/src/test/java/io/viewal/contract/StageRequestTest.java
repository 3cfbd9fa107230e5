package io.viewal.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StageRequestTest {

    private static final Owner ROUND = new Owner("ActiveLearningRound", "demo", "round-0", "0a1b2c3d-4e5f");
    private static final StoreLocation STORE = new StoreLocation("http://store:9000", "viewal", "runs", "");

    private static StageRequest score(int attempt, double distanceThreshold) {
        ArtifactRef model = new ArtifactRef("runs/demo/round-0-0a1b2c3d/train/1/model.safetensors", 10, "ab");
        return new StageRequest(
                StageRequest.VERSION,
                ROUND,
                attempt,
                2,
                7,
                STORE,
                Map.of(RoundRequests.MODEL, model),
                ScoreParametersBuilder.builder()
                        .distanceThreshold(distanceThreshold)
                        .build());
    }

    @Test
    void readsBackWhatItWrote() {
        StageRequest request = score(1, 0);
        byte[] json = ContractJson.toBytes(request);
        assertThat(ContractJson.read(json, StageRequest.class)).isEqualTo(request);
        assertThat(request.stage()).isEqualTo(Stage.SCORE);
    }

    @Test
    void digestIgnoresTheAttemptButNotTheParameters() {
        assertThat(score(2, 0).digest()).isEqualTo(score(1, 0).digest());
        assertThat(score(1, 0.5).digest()).isNotEqualTo(score(1, 0).digest());
    }

    @Test
    void digestDoesNotSeeParametersThatAreNull() {
        record Before(int epochs) {}
        record Since(int epochs, String image) {}
        assertThat(ContractJson.toBytes(new Since(3, null)))
                .isEqualTo(ContractJson.toBytes(new Before(3)))
                .isNotEqualTo(ContractJson.toBytes(new Since(3, "own")));
    }

    @Test
    void refusesAnotherVersionOfTheContract() {
        byte[] json = new String(ContractJson.toBytes(score(1, 0)), java.nio.charset.StandardCharsets.UTF_8)
                .replace("\"version\":1", "\"version\":2")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertThatThrownBy(() -> ContractJson.read(json, StageRequest.class))
                .hasMessageContaining("version 2")
                .hasMessageContaining("same release");
    }

    @Test
    void laysShardedResultsBesideEachOther() {
        StoreLayout layout = score(1, 0).layout();
        assertThat(layout.resultKey(1)).isEqualTo("runs/demo/round-0-0a1b2c3d/score/result-00001.json");
        assertThat(layout.artifactKey(2, "a/b.npy")).isEqualTo("runs/demo/round-0-0a1b2c3d/score/2/a/b.npy");
        assertThatThrownBy(() -> layout.artifactKey(1, "../escape")).hasMessageContaining("..");
    }
}
