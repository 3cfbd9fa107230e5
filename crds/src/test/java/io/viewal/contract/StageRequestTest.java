package io.viewal.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
    void keepsTheDigestThatItsStageWasLaunchedWith() {
        StageRequest asked = score(1, 0);
        StageRequest pinned = asked.pinnedTo("digest of an earlier release");
        assertThat(pinned.digest()).isEqualTo("digest of an earlier release");
        assertThat(pinned.withAttempt(2).digest()).isEqualTo("digest of an earlier release");
        assertThat(ContractJson.readRequest(ContractJson.toBytes(pinned))).isEqualTo(pinned);
        assertThat(asked.pinnedTo(asked.digest())).as("nothing to say").isEqualTo(asked);
        assertThat(asked.pinnedTo(null)).isEqualTo(asked);
    }

    private static ObjectNode json(StageRequest request) {
        return ContractJson.mapper().valueToTree(request);
    }

    @Test
    void passesOverAFieldOfALaterReleaseThatSaysNothing() {
        ObjectNode later = json(score(1, 0));
        later.putNull("priority");
        ((ObjectNode) later.get("parameters")).putNull("ensemble");
        assertThat(ContractJson.readRequest(ContractJson.toBytes(later))).isEqualTo(score(1, 0));
    }

    @Test
    void refusesAFieldOfALaterReleaseThatSaysSomething() {
        ObjectNode later = json(score(1, 0));
        ((ObjectNode) later.get("parameters")).put("ensemble", 5);
        assertThatThrownBy(() -> ContractJson.readRequest(ContractJson.toBytes(later)))
                .isInstanceOf(NewerRequestException.class)
                .hasMessageContaining("parameters.ensemble")
                .hasMessageContaining("the operator's release");
    }

    @Test
    void refusesAStageAndAVersionOfALaterRelease() {
        ObjectNode stage = json(score(1, 0));
        ((ObjectNode) stage.get("parameters")).put("stage", "DISTIL");
        assertThatThrownBy(() -> ContractJson.readRequest(ContractJson.toBytes(stage)))
                .isInstanceOf(NewerRequestException.class);
        ObjectNode version = json(score(1, 0)).put("version", 2);
        assertThatThrownBy(() -> ContractJson.readRequest(ContractJson.toBytes(version)))
                .isInstanceOf(NewerRequestException.class)
                .hasMessageContaining("version 2")
                .hasMessageContaining("same release");
    }

    @Test
    void refusesWhatIsNoRequestAtAll() {
        ObjectNode wrong = json(score(1, 0)).put("version", 0);
        assertThatThrownBy(() -> ContractJson.readRequest(ContractJson.toBytes(wrong)))
                .isNotInstanceOf(NewerRequestException.class)
                .hasMessageContaining("version 0");
    }

    @Test
    void laysShardedResultsBesideEachOther() {
        StoreLayout layout = score(1, 0).layout();
        assertThat(layout.resultKey(1)).isEqualTo("runs/demo/round-0-0a1b2c3d/score/result-00001.json");
        assertThat(layout.artifactKey(2, "a/b.npy")).isEqualTo("runs/demo/round-0-0a1b2c3d/score/2/a/b.npy");
        assertThatThrownBy(() -> layout.artifactKey(1, "../escape")).hasMessageContaining("..");
    }
}
