package io.viewal.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.viewal.contract.Stage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class CompletionTimesTest {

    private Instant now = Instant.EPOCH;

    private final CompletionTimes completions = new CompletionTimes(new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @Test
    void tellsTheTimeSinceAStagesJobEndedOnce() {
        end(Stage.TRAIN);
        now = now.plusMillis(70);
        assertThat(completions.since("uid", Stage.TRAIN)).isEqualTo(Duration.ofMillis(70));
        assertThat(completions.since("uid", Stage.TRAIN)).isZero();
    }

    @Test
    void takesAnEarlierStagesEndForNothing() {
        end(Stage.TRAIN);
        now = now.plusSeconds(15);
        assertThat(completions.since("uid", Stage.SCORE)).isZero();
        assertThat(completions.since("other", Stage.TRAIN)).isZero();
    }

    private void end(Stage stage) {
        assertThat(completions.accept(job(stage, true), job(stage, false))).isTrue();
    }

    private static Job job(Stage stage, boolean complete) {
        return new JobBuilder()
                .withNewMetadata()
                .addToLabels(JobLabels.STAGE, stage.key())
                .addNewOwnerReference()
                .withUid("uid")
                .endOwnerReference()
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType("Complete")
                .withStatus(complete ? "True" : "False")
                .endCondition()
                .endStatus()
                .build();
    }
}
