package io.viewal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Whoever dies, the outcome is the same: the running worker, the operator and the API server are killed at random moments
 * of a round, and the store for a while, which then has the selection, labels and model of an undisturbed round, byte for byte.
 */
class ChaosE2E {

    /** How long the store is away; longer than workers without patience last. */
    private static final Duration OUTAGE = Duration.ofSeconds(Long.getLong("viewal.e2e.outageSeconds", 15));

    @RegisterExtension
    static final Installation VIEWAL = new Installation();

    private static JsonNode undisturbed;

    @BeforeAll
    static void runUndisturbed() {
        Tenant tenant = prepared("undisturbed");
        tenant.apply(Manifests.round("undisturbed", "rooms"));
        undisturbed = tenant.awaitReady("ActiveLearningRound", "undisturbed", Duration.ofMinutes(5));
    }

    /** A namespace of its own: in the same one a round would find all that another one made. */
    private static Tenant prepared(String name) {
        Tenant tenant = VIEWAL.tenant(name);
        tenant.apply(Manifests.rooms("rooms"));
        tenant.awaitReady("MultiViewDataset", "rooms", Duration.ofMinutes(3));
        return tenant;
    }

    @Test
    void aRoundWhoseWorkerOperatorAndApiServerAreKilledEndsInTheSameSelection() throws InterruptedException {
        long seed = System.nanoTime();
        System.out.println("chaos with seed " + seed);
        Random random = new Random(seed);
        Tenant tenant = prepared("disturbed");
        tenant.apply(Manifests.round("disturbed", "rooms"));
        killWorker(tenant, random);
        Thread.sleep(random.nextInt(3000));
        killOperator();
        Thread.sleep(random.nextInt(8000));
        killApiServer(random);
        killWorker(tenant, random);
        JsonNode disturbed = tenant.awaitReady("ActiveLearningRound", "disturbed", Duration.ofMinutes(8));

        assertThat(Tenant.attempts(disturbed))
                .as("attempts of the disturbed round")
                .isGreaterThan(Tenant.attempts(undisturbed));
        assertSameOutcome(disturbed);
    }

    @Test
    void aRoundWhoseStoreIsAwayInTrainAndInScoreEndsInTheSameSelectionByItsFirstAttempts() throws InterruptedException {
        Tenant tenant = prepared("cut-off");
        tenant.apply(Manifests.round("cut-off", "rooms"));
        for (String stage : List.of("train", "score")) {
            tenant.awaitRunning("cut-off", stage);
            VIEWAL.shell().dev("cluster", "kill", "store");
            System.out.println("killed the store in " + stage);
            Thread.sleep(OUTAGE);
            VIEWAL.shell().dev("cluster", "restart", "store");
        }
        JsonNode round = tenant.awaitReady("ActiveLearningRound", "cut-off", Duration.ofMinutes(8));

        assertThat(Tenant.attempts(round)).as("attempts").isEqualTo(Tenant.attempts(undisturbed));
        assertSameOutcome(round);
    }

    private static void assertSameOutcome(JsonNode disturbed) {
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

    /** Deletes the pod that is running, without grace, some moment after it began. */
    private static void killWorker(Tenant tenant, Random random) throws InterruptedException {
        Pod running = tenant.awaitRunning("disturbed", "train", "score", "select", "label");
        Thread.sleep(random.nextInt(2500));
        VIEWAL.client().resource(running).withGracePeriod(0).delete();
        System.out.println("killed " + running.getMetadata().getName());
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
