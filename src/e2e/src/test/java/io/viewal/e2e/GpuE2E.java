package io.viewal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Scheduling onto GPUs by the real scheduler. The node's device plug-in offers two that are pretended, so what a worker
 * does with a real one is not shown here; this one finds none, says so, and takes the CPU.
 */
class GpuE2E {

    @RegisterExtension
    static final Installation VIEWAL = new Installation();

    @Test
    void aRoundWaitsVisiblyForGpusAndRunsWhenTheyAreFree() {
        Tenant tenant = VIEWAL.tenant("gpus");
        Pod occupant = occupyAllGpus(tenant);
        tenant.apply(Manifests.rooms("rooms"));
        tenant.apply(Manifests.round("gpu-0", "rooms", "resources: {train: {gpus: 2}}"));
        tenant.awaitReady("MultiViewDataset", "rooms", Duration.ofMinutes(3));

        JsonNode waiting =
                tenant.awaitReason("ActiveLearningRound", "gpu-0", "WaitingForResources", Duration.ofMinutes(1));
        assertThat(waiting.path("message").asText()).contains("nvidia.com/gpu");
        Pod pending = tenant.pods("gpu-0", "train").getFirst();
        assertThat(pending.getSpec().getContainers().getFirst().getResources().getLimits())
                .containsEntry("nvidia.com/gpu", new Quantity("2"));

        VIEWAL.client().resource(occupant).withGracePeriod(0).delete();
        tenant.awaitReady("ActiveLearningRound", "gpu-0", Duration.ofMinutes(5));
        assertThat(tenant.log(pending)).contains("device=cpu");
    }

    private static Pod occupyAllGpus(Tenant tenant) {
        Map<String, Quantity> gpus = Map.of("nvidia.com/gpu", new Quantity("2"));
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName("occupant")
                .withNamespace(tenant.namespace())
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(0L)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(65535L)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .addNewContainer()
                .withName("pause")
                .withImage("viewal.internal/pause:1")
                .withImagePullPolicy("IfNotPresent")
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .withNewResources()
                .withLimits(gpus)
                .endResources()
                .endContainer()
                .endSpec()
                .build();
        Pod created = VIEWAL.client().resource(pod).create();
        VIEWAL.client().resource(created).waitUntilReady(60, java.util.concurrent.TimeUnit.SECONDS);
        return created;
    }
}
