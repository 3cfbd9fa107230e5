package io.viewal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node is gone for good while its Node object stays: the round says so, and goes on elsewhere. */
class NodeLossE2E {

    @RegisterExtension
    static final Installation VIEWAL = new Installation();

    @Test
    void aRoundWhoseNodeIsKilledSaysSoWithinAMinuteAndEndsInTheSameSelection() {
        JsonNode undisturbed = undisturbed();
        VIEWAL.shell().dev("cluster", "up", "--nodes", "2", "--gpus", "2");
        Tenant tenant = VIEWAL.tenant("nodes");
        tenant.apply(Manifests.rooms("rooms"));
        tenant.awaitReady("MultiViewDataset", "rooms", Duration.ofMinutes(3));
        cordonFirstNode(true);
        try {
            tenant.apply(Manifests.round("stranded", "rooms"));
            tenant.awaitRunning("stranded", "train");
        } finally {
            cordonFirstNode(false);
        }
        VIEWAL.shell().dev("cluster", "kill", "node2");

        JsonNode lost = tenant.awaitReason("ActiveLearningRound", "stranded", "NodeLost", Duration.ofMinutes(1));
        assertThat(lost.path("message").asText()).contains("'node2'");
        tenant.awaitEvent("stranded", "NodeLost");
        JsonNode stranded = tenant.awaitReady("ActiveLearningRound", "stranded", Duration.ofMinutes(5));
        assertThat(Tenant.attempts(stranded)).isGreaterThan(Tenant.attempts(undisturbed));
        assertThat(VIEWAL.artifact(stranded, "selection")).isEqualTo(VIEWAL.artifact(undisturbed, "selection"));
    }

    /** The same round in another namespace, where nothing happens to it: that of the other tests of failure. */
    private static JsonNode undisturbed() {
        Tenant tenant = VIEWAL.tenant("undisturbed");
        tenant.apply(Manifests.rooms("rooms"));
        tenant.awaitReady("MultiViewDataset", "rooms", Duration.ofMinutes(3));
        tenant.apply(Manifests.round("undisturbed", "rooms"));
        return tenant.awaitReady("ActiveLearningRound", "undisturbed", Duration.ofMinutes(5));
    }

    private static void cordonFirstNode(boolean cordoned) {
        VIEWAL.client()
                .nodes()
                .withName("node1")
                .edit(node -> new NodeBuilder(node)
                        .editSpec()
                        .withUnschedulable(cordoned)
                        .endSpec()
                        .build());
    }
}
