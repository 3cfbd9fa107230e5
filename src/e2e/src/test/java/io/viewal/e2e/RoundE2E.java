package io.viewal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two chained rounds on synthetic rooms, as the quickstart declares them but smaller. */
class RoundE2E {

    @RegisterExtension
    static final Installation VIEWAL = new Installation();

    @Test
    void twoChainedRoundsTrainScoreSelectAndLabel() {
        Tenant tenant = VIEWAL.tenant("rounds");
        tenant.apply(Manifests.rooms("rooms"));
        tenant.apply(Manifests.round("round-0", "rooms"));
        tenant.apply(Manifests.round("round-1", "rooms", "previousRound: round-0"));

        JsonNode dataset = tenant.awaitReady("MultiViewDataset", "rooms", Duration.ofMinutes(3));
        JsonNode first = tenant.awaitReady("ActiveLearningRound", "round-0", Duration.ofMinutes(5));
        JsonNode second = tenant.awaitReady("ActiveLearningRound", "round-1", Duration.ofMinutes(5));

        assertThat(dataset.at("/status/scenes").asInt()).isEqualTo(Manifests.SCENES);
        assertThat(first.at("/status/stages")).hasSize(4).allSatisfy(stage -> {
            assertThat(stage.path("state").asText()).isEqualTo("Complete");
            assertThat(stage.path("attempt").asInt()).isEqualTo(1);
        });
        assertThat(first.at("/status/labels/fraction").asDouble()).isBetween(0.0, 1.0);
        assertThat(second.at("/status/labels/pixels").asLong())
                .as("labels grow from round to round")
                .isGreaterThan(first.at("/status/labels/pixels").asLong());
        assertThat(first.toString().length()).as("bytes of the whole resource").isLessThan(16 << 10);
        assertThat(VIEWAL.artifact(first, "page")).asString().contains("<html", "View entropy");
        assertThat(VIEWAL.artifact(first, "selection")).asString().startsWith("rank,scene,frame,superpixel,pixels");
    }

    @Test
    void aRoundSuspendedBeforeItStartsRunsWhenItIsResumed() {
        Tenant tenant = VIEWAL.tenant("suspended");
        tenant.apply(Manifests.rooms("rooms"));
        tenant.apply(Manifests.round("round-0", "rooms", "suspend: true"));
        tenant.awaitReady("MultiViewDataset", "rooms", Duration.ofMinutes(3));
        tenant.awaitReason("ActiveLearningRound", "round-0", "Suspended", Duration.ofSeconds(30));
        assertThat(tenant.pods("round-0", "train")).isEmpty();

        tenant.apply(Manifests.round("round-0", "rooms", "suspend: false"));
        tenant.awaitReady("ActiveLearningRound", "round-0", Duration.ofMinutes(5));
    }
}
