package io.viewal.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OtherMakerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** A Job of round-0 that was made so long ago. */
    private static JobBuilder job(Duration age) {
        return new JobBuilder()
                .withNewMetadata()
                .withName("round-0-train-1")
                .withCreationTimestamp(NOW.minus(age).toString())
                .addNewOwnerReference()
                .withKind("ActiveLearningRound")
                .withName("round-0")
                .withUid("uid-0")
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .endSpec();
    }

    private static Optional<OtherMaker> seenBy(String uid, JobBuilder job) {
        return OtherMaker.among(List.<Job>of(job.build()), uid, PATIENCE, NOW);
    }

    @Test
    void isWhoHasAJobThatHasJustBegunOrRunsOrIsQueued() {
        Duration hour = Duration.ofHours(1);
        JobBuilder running = job(hour).withNewStatus().withReady(1).endStatus();
        JobBuilder queued = job(hour).editSpec().withSuspend(true).endSpec();
        for (JobBuilder job : List.of(job(Duration.ofMinutes(1)), running, queued)) {
            assertThat(seenBy("uid-1", job)).contains(new OtherMaker("ActiveLearningRound", "round-0"));
        }
    }

    @Test
    void isNotTheOwnerItself() {
        assertThat(seenBy("uid-0", job(Duration.ofMinutes(1)))).isEmpty();
    }

    @Test
    void isNobodyWhoseJobGetsNoWorkerToRunOrHasEndedOrIsDeleted() {
        assertThat(seenBy("uid-1", job(Duration.ofHours(1)))).as("no worker").isEmpty();
        assertThat(seenBy(
                        "uid-1",
                        job(Duration.ofMinutes(1))
                                .withNewStatus()
                                .addNewCondition()
                                .withType("Failed")
                                .withStatus("True")
                                .endCondition()
                                .endStatus()))
                .as("ended")
                .isEmpty();
        assertThat(seenBy(
                        "uid-1",
                        job(Duration.ofMinutes(1))
                                .editMetadata()
                                .withDeletionTimestamp(NOW.toString())
                                .endMetadata()))
                .as("deleted")
                .isEmpty();
    }
}
