package io.viewal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rounds that train with a container image of their own: the PyTorch example of {@code src/examples/own-trainer}. */
class OwnTrainerE2E {

    @RegisterExtension
    static final Installation VIEWAL = new Installation();

    private static final String CLASS = "own-trainer";

    @Test
    void aRoundIsCompleteWithATrainerInPython() {
        String image = VIEWAL.trainerImage();
        Tenant tenant = VIEWAL.tenant("own-trainer");
        tenant.apply(allowing(image.substring(0, image.indexOf(':') + 1) + "*"));
        tenant.apply(Manifests.rooms("rooms") + "  className: " + CLASS + "\n");
        tenant.apply(round("round-0", image));
        tenant.awaitReady("MultiViewDataset", "rooms", Duration.ofMinutes(3));
        JsonNode round = tenant.awaitReady("ActiveLearningRound", "round-0", Duration.ofMinutes(5));

        Pod pod = tenant.pods("round-0", "train").getFirst();
        assertThat(pod.getSpec().getContainers().getFirst().getImage()).isEqualTo(image);
        assertThat(tenant.log(pod)).contains("PyTorch", "epoch 4: loss", "committed");
        assertThat(VIEWAL.artifact(round, "predictions")).asString().contains("\"passes\": 5");
        assertThat(round.at("/status/metrics/testMeanIoU").asDouble()).isBetween(0.01, 1.0);
        assertThat(tenant.log(tenant.pods("round-0", "score").getFirst()))
                .contains("predictions of the round's own trainer");
        assertThat(VIEWAL.artifact(round, "page")).asString().contains("<html", "View entropy");
        assertThat(VIEWAL.artifact(round, "selection")).asString().startsWith("rank,scene,frame,superpixel,pixels");
    }

    @Test
    void anImageThatTheClassDoesNotAllowIsRefused() {
        Tenant tenant = VIEWAL.tenant("stranger");
        tenant.apply(allowing("viewal/own-trainer:*"));
        tenant.apply(Manifests.rooms("rooms") + "  className: " + CLASS + "\n");
        tenant.awaitReady("MultiViewDataset", "rooms", Duration.ofMinutes(3));
        tenant.apply(round("round-0", "viewal/stranger:1"));

        JsonNode ready = tenant.awaitReason("ActiveLearningRound", "round-0", "ImageNotAllowed", Duration.ofMinutes(1));
        assertThat(ready.path("status").asText()).isEqualTo("False");
        assertThat(ready.path("message").asText()).contains("viewal/stranger:1", CLASS, "allowedTrainerImages");
        tenant.awaitEvent("round-0", "ImageNotAllowed");
        assertThat(tenant.pods("round-0", "train")).isEmpty();
        assertThat(VIEWAL.jobs(tenant)).noneMatch(job -> job.startsWith("round-0"));
    }

    private static String allowing(String images) {
        return VIEWAL.roundClass(CLASS, VIEWAL.bucket(), "viewal-store")
                .replace("worker: {", "worker: {allowedTrainerImages: [\"" + images + "\"], ");
    }

    private static String round(String name, String image) {
        return Manifests.round(name, "rooms", "className: " + CLASS)
                .replace("training: {", "training: {image: \"" + image + "\", ");
    }
}
