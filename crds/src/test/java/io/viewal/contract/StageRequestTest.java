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
        ArtifactRef model = new ArtifactRef(
                "runs/demo/results/train/" + "0".repeat(64) + "/round-0-0a1b2c3d-1/model.safetensors", 10, "ab");
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

    private static StageRequest train(Owner owner, TrainParameters parameters, ArtifactRef weights) {
        return new StageRequest(
                StageRequest.VERSION, owner, 1, 1, 7, STORE, Map.of(RoundRequests.PRETRAINED, weights), parameters);
    }

    @Test
    void digestIsOfWhatDeterminesTheOutcomeAndNotOfWhoAsks() {
        TrainParameters parameters =
                TrainParametersBuilder.builder().pretrained("weights/a").build();
        ArtifactRef weights = new ArtifactRef("weights/a", 10, "ab");
        String digest = train(ROUND, parameters, weights).digest();
        Owner other = new Owner("ActiveLearningRound", "demo", "round-9", "9a1b2c3d-4e5f");
        TrainParameters moved = TrainParametersBuilder.builder(parameters)
                .pretrained("elsewhere/b")
                .checkpointEvery(5)
                .build();
        assertThat(train(other, parameters, weights).digest()).isEqualTo(digest);
        assertThat(train(ROUND, moved, new ArtifactRef("elsewhere/b", 10, "ab")).digest())
                .isEqualTo(digest);
        assertThat(train(ROUND, parameters, new ArtifactRef("weights/a", 10, "cd"))
                        .digest())
                .as("other weights under the same key")
                .isNotEqualTo(digest);
    }

    @Test
    void digestOfADataSetSaysWhoAskedWhereOthersKeepItsFrames() {
        Owner first = new Owner("MultiViewDataset", "demo", "rooms", "0a1b2c3d-4e5f");
        Owner second = new Owner("MultiViewDataset", "demo", "rooms", "9a1b2c3d-4e5f");
        PrepareParameters folder = prepare(new PrepareParameters.Source("s3://viewal/rooms", null, null, null));
        PrepareParameters made =
                prepare(new PrepareParameters.Source(null, null, new PrepareParameters.Synthetic(3, 4, 1), null));
        assertThat(RoundRequests.prepare(second, STORE, folder, 1).digest())
                .isNotEqualTo(RoundRequests.prepare(first, STORE, folder, 1).digest());
        assertThat(RoundRequests.prepare(second, STORE, made, 1).digest())
                .isEqualTo(RoundRequests.prepare(first, STORE, made, 1).digest());
    }

    private static PrepareParameters prepare(PrepareParameters.Source source) {
        return new PrepareParameters(source, null, null, 0, 0, null, null, null, null, null, null, null);
    }

    @Test
    void refusesAMethodOfALaterRelease() {
        ObjectNode later = json(score(1, 0)).put("method", Stage.SCORE.method() + 1);
        assertThatThrownBy(() -> ContractJson.readRequest(ContractJson.toBytes(later)))
                .isInstanceOf(NewerRequestException.class)
                .hasMessageContaining("method " + (Stage.SCORE.method() + 1));
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
        StageRequest request = score(1, 0);
        StoreLayout layout = request.layout();
        String folder = "runs/demo/results/score/" + request.digest();
        assertThat(layout.resultKey(1)).isEqualTo(folder + "/result-00001.json");
        assertThat(layout.artifactKey(2, "a/b.npy")).isEqualTo(folder + "/round-0-0a1b2c3d-2/a/b.npy");
        assertThat(layout.referenceKey()).isEqualTo(folder + "/references/round-0-0a1b2c3d");
        assertThat(StoreLayout.resultPrefixOf(layout.artifactKey(2, "a/b.npy"))).contains(folder);
        assertThat(StoreLayout.resultPrefixOf("runs/demo/scenes/" + request.digest() + "/color.npy"))
                .isEmpty();
        assertThat(StoreLayout.resultPrefixOf("weights/mobilenet_v2.safetensors"))
                .isEmpty();
        assertThatThrownBy(() -> layout.artifactKey(1, "../escape")).hasMessageContaining("..");
    }
}
