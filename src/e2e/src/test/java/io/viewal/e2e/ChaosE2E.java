package io.viewal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Whoever dies, the outcome is the same: the running worker, the operator and the API server are killed at random moments
 * of a round, which then has the selection, labels and model of an undisturbed round, byte for byte.
 */
class ChaosE2E {

    @RegisterExtension
    static final Installation VIEWAL = new Installation();

    @Test
    void aRoundWhoseWorkerOperatorAndApiServerAreKilledEndsInTheSameSelection() throws InterruptedException {
        long seed = System.nanoTime();
        System.out.println("chaos with seed " + seed);
        Random random = new Random(seed);
        Tenant tenant = VIEWAL.tenant("chaos");
        tenant.apply(Manifests.rooms("rooms"));
        tenant.awaitReady("MultiViewDataset", "rooms", Duration.ofMinutes(3));
        tenant.apply(Manifests.round("undisturbed", "rooms"));
        JsonNode undisturbed = tenant.awaitReady("ActiveLearningRound", "undisturbed", Duration.ofMinutes(5));

        // In the same namespace it would find all that the other one made.
        tenant = VIEWAL.tenant("disturbed");
        tenant.apply(Manifests.rooms("rooms"));
        tenant.apply(Manifests.round("disturbed", "rooms"));
        killWorker(tenant, random);
        Thread.sleep(random.nextInt(3000));
        killOperator();
        Thread.sleep(random.nextInt(8000));
        killApiServer(random);
        killWorker(tenant, random);
        JsonNode disturbed = tenant.awaitReady("ActiveLearningRound", "disturbed", Duration.ofMinutes(8));

        assertThat(attempts(disturbed)).as("attempts of the disturbed round").isGreaterThan(attempts(undisturbed));
        for (String artifact : List.of("selection", "labels", "model")) {
            assertThat(disturbed.at("/status/artifacts/" + artifact + "/sha256").asText())
                    .as(artifact)
                    .isEqualTo(undisturbed
                            .at("/status/artifacts/" + artifact + "/sha256")
                            .asText())
                    .isNotEmpty();
        }
        assertThat(VIEWAL.artifact(disturbed, "selection")).isEqualTo(VIEWAL.artifact(undisturbed, "selection"));
    }

    private static int attempts(JsonNode round) {
        int attempts = 0;
        for (JsonNode stage : round.at("/status/stages")) {
            attempts += stage.path("attempt").asInt();
        }
        return attempts;
    }

    /** Deletes the pod that is running, without grace, some moment after it began. */
    private static void killWorker(Tenant tenant, Random random) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            List<Pod> running = Stream.of("train", "score", "select", "label")
                    .flatMap(stage -> tenant.pods("disturbed", stage).stream())
                    .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
                    .toList();
            if (!running.isEmpty()) {
                Thread.sleep(random.nextInt(2500));
                VIEWAL.client().resource(running.getFirst()).withGracePeriod(0).delete();
                System.out.println("killed " + running.getFirst().getMetadata().getName());
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("no running worker within a minute");
    }

    private static void killOperator() {
        VIEWAL.client().pods().inNamespace("viewal-system").withGracePeriod(0).delete();
        System.out.println("killed the operator");
    }

    private static void killApiServer(Random random) throws InterruptedException {
        VIEWAL.shell().dev("cluster", "kill", "apiserver");
        Thread.sleep(1000 + random.nextInt(2000));
        VIEWAL.shell().dev("cluster", "up", "--gpus", "2");
        System.out.println("killed the API server, and started it again");
    }
}
