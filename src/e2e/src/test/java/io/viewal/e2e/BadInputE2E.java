package io.viewal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each mistake gives a condition with a reason, a sentence that says what to fix, an event, and no loop. */
class BadInputE2E {

    private static final Duration SOON = Duration.ofSeconds(60);

    @RegisterExtension
    static final Installation VIEWAL = new Installation();

    private final Tenant tenant = VIEWAL.tenant("bad-input");

    @Test
    void unknownDataSet() {
        tenant.apply(Manifests.round("no-dataset", "nowhere"));
        expect("ActiveLearningRound", "no-dataset", "DatasetNotFound", "nowhere");
    }

    @Test
    void unknownClass() {
        tenant.apply(Manifests.round("no-class", "rooms", "className: gold"));
        expect("ActiveLearningRound", "no-class", "ClassNotFound", "gold");
    }

    @Test
    void missingBucket() {
        tenant.apply(VIEWAL.roundClass("no-bucket", "absent-bucket", "viewal-store"));
        tenant.apply(Manifests.rooms("lost") + "  className: no-bucket\n");
        expect("MultiViewDataset", "lost", "BucketNotFound", "absent-bucket");
    }

    @Test
    void credentialsThatTheOperatorWasNotGiven() {
        tenant.apply(VIEWAL.roundClass("no-key", VIEWAL.bucket(), "unknown-secret"));
        tenant.apply(Manifests.rooms("locked") + "  className: no-key\n");
        expect("MultiViewDataset", "locked", "StoreCredentialsMissing", "unknown-secret");
    }

    @Test
    void previousRoundOfAnotherDataSet() {
        tenant.apply(Manifests.rooms("here"));
        tenant.apply(Manifests.rooms("there"));
        tenant.awaitReady("MultiViewDataset", "here", Duration.ofMinutes(3));
        tenant.awaitReady("MultiViewDataset", "there", Duration.ofMinutes(3));
        tenant.apply(Manifests.round("here-0", "here", "suspend: true"));
        tenant.apply(Manifests.round("there-1", "there", "previousRound: here-0"));
        expect("ActiveLearningRound", "there-1", "PreviousRoundOfOtherDataset", "here-0");
    }

    @Test
    void budgetLargerThanWhatIsLeft() {
        tenant.apply(Manifests.rooms("small"));
        tenant.apply(Manifests.round("greedy", "small").replace("amount: 1", "amount: 1000"));
        JsonNode failed =
                tenant.await("ActiveLearningRound", "greedy", Duration.ofMinutes(5), r -> Tenant.isTrue(r, "Stalled"));
        assertThat(Tenant.condition(failed, "Ready").path("reason").asText()).isEqualTo("BudgetExceedsUnlabeled");
        assertThat(Tenant.condition(failed, "Ready").path("message").asText()).contains("1000");
        assertThat(tenant.pods("greedy", "select"))
                .as("a permanent failure is not retried")
                .hasSize(1);
    }

    @Test
    void frameWithoutDepth() {
        VIEWAL.upload("datasets/broken/room/transforms.json", """
                {"fl_x": 277, "fl_y": 277, "cx": 160, "cy": 120, "w": 320, "h": 240, "classes": ["wall"],
                 "frames": [{"file_path": "images/0.png",
                   "transform_matrix": [[1,0,0,0],[0,1,0,0],[0,0,1,0],[0,0,0,1]]}]}
                """);
        tenant.apply(dataset("no-depth", "s3://" + VIEWAL.bucket() + "/datasets/broken"));
        expect("MultiViewDataset", "no-depth", "InvalidDataset", "depth");
    }

    @Test
    void specIsImmutable() {
        tenant.apply(Manifests.round("fixed", "nowhere"));
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> tenant.apply(Manifests.round("fixed", "elsewhere"))))
                .hasMessageContaining("can't be changed");
    }

    private static String dataset(String name, String uri) {
        return """
                apiVersion: viewal.io/v1alpha1
                kind: MultiViewDataset
                metadata: {name: %s}
                spec: {source: {uri: "%s"}}
                """.formatted(name, uri);
    }

    private void expect(String kind, String name, String reason, String named) {
        JsonNode ready = tenant.awaitReason(kind, name, reason, SOON);
        assertThat(ready.path("status").asText()).isEqualTo("False");
        assertThat(ready.path("message").asText()).contains(named);
        tenant.awaitEvent(name, reason);
        List<String> jobsBefore = VIEWAL.jobs(tenant);
        String before = tenant.get(kind, name).at("/metadata/resourceVersion").asText();
        sleep(Duration.ofSeconds(3));
        assertThat(VIEWAL.jobs(tenant)).as("no loop").isEqualTo(jobsBefore);
        assertThat(tenant.get(kind, name).at("/metadata/resourceVersion").asText())
                .as("no loop")
                .isEqualTo(before);
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
