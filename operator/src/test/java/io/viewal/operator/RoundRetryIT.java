package io.viewal.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.api.v1alpha1.Outcome;
import io.viewal.api.v1alpha1.StageStatus;
import io.viewal.contract.Stage;
import io.viewal.contract.StageFailure;
import io.viewal.operator.harness.Cluster;
import io.viewal.operator.harness.Servers;
import io.viewal.operator.harness.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class RoundRetryIT {

    private Cluster cluster;
    private ActiveLearningRound round;

    private Job training(Cluster given) {
        cluster = given;
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        return cluster.awaitJob(Stage.TRAIN, 1);
    }

    private void fail(Job job, int code, String reason, StageFailure failure) {
        Pod pod = cluster.kubelet().run(job);
        cluster.kubelet().exit(job, pod, code, reason, failure);
        cluster.kubelet().failJob(job);
    }

    private StageStatus train() {
        return cluster.latest(round).getStatus().stages().getFirst();
    }

    @Test
    void relaunchesTrainWhenPodIsPreempted(Cluster given) {
        Job train = training(given);
        Pod pod = cluster.kubelet().run(train);
        cluster.awaitReason(round, "Running");
        cluster.kubelet().preempt(train, pod);
        Job again = cluster.awaitJob(Stage.TRAIN, 2);
        cluster.awaitStage(round, Stage.TRAIN, stage -> stage.attempt() == 2);
        assertThat(train().disruptions()).isEqualTo(1);
        assertThat(train().failures()).isNull();
        cluster.kubelet().succeed(again);
        cluster.awaitJob(Stage.SCORE, 1);
        cluster.awaitEvent(round, "Disrupted");
    }

    @Test
    void relaunchesTrainWhenItsJobIsDeleted(Cluster given) {
        Job train = training(given);
        cluster.awaitLaunched(round);
        cluster.client().resource(train).delete();
        cluster.awaitJob(Stage.TRAIN, 2);
        cluster.awaitStage(round, Stage.TRAIN, stage -> stage.disruptions() != null);
        assertThat(train().failures()).isNull();
    }

    @Test
    void relaunchesTrainWhenItsPodIsDeleted(Cluster given) {
        Job train = training(given);
        Pod pod = cluster.kubelet().run(train);
        cluster.awaitReason(round, "Running");
        cluster.client().resource(pod).withGracePeriod(0).delete();
        cluster.kubelet().failJob(train);
        cluster.awaitJob(Stage.TRAIN, 2);
        cluster.awaitStage(round, Stage.TRAIN, stage -> stage.disruptions() != null);
    }

    @Test
    void relaunchesTrainWhenTheWorkerWasTerminated(Cluster given) {
        Job train = training(given);
        fail(train, 143, "Error", null);
        cluster.awaitJob(Stage.TRAIN, 2);
        cluster.awaitStage(round, Stage.TRAIN, stage -> stage.disruptions() != null);
        assertThat(train().failures()).isNull();
    }

    @Test
    void givesUpAtOnceOnBadData(Cluster given) {
        Job train = training(given);
        fail(train, 65, "Error", new StageFailure(StageFailure.Reason.InvalidLabels, "label 9 is not a class"));
        cluster.awaitReason(round, "InvalidLabels");
        ActiveLearningRound failed = cluster.latest(round);
        assertThat(failed.getStatus().outcome()).isEqualTo(Outcome.Failed);
        assertThat(Cluster.ready(failed).getStatus()).isEqualTo("False");
        assertThat(Cluster.ready(failed).getMessage()).isEqualTo("Train failed: label 9 is not a class");
        assertThat(Cluster.condition(failed.getStatus().conditions(), "Stalled").getStatus())
                .isEqualTo("True");
        cluster.awaitEvent(round, "InvalidLabels");
        assertThat(cluster.jobs(Stage.TRAIN)).hasSize(1);
    }

    @Test
    void doesNotRecreateJobAfterFailed(Cluster given) {
        Job train = training(given);
        fail(train, 64, "Error", new StageFailure(StageFailure.Reason.InvalidRequest, "no such strategy"));
        cluster.awaitReason(round, "InvalidRequest");
        cluster.deleteJobs();
        cluster.touch(round);
        cluster.staysWithoutJobs();
    }

    @Test
    void retriesAfterRunningOutOfMemoryAndGivesAdvice(Cluster given) {
        fail(training(given), 137, "OOMKilled", null);
        cluster.awaitReason(round, "Retrying");
        assertThat(Cluster.ready(cluster.latest(round)).getMessage()).contains("2Gi", "spec.resources.train.memory");
        fail(cluster.awaitJob(Stage.TRAIN, 2), 137, "OOMKilled", null);
        fail(cluster.awaitJob(Stage.TRAIN, 3), 137, "OOMKilled", null);
        cluster.awaitReason(round, "OutOfMemory");
        assertThat(train().failures()).isEqualTo(3);
        assertThat(cluster.jobs(Stage.TRAIN)).hasSize(3);
    }

    @Test
    void waitsBeforeItTriesAgain(Cluster given) {
        fail(training(given), 75, "Error", new StageFailure(StageFailure.Reason.StoreAccessDenied, "keys are old"));
        cluster.awaitReason(round, "Retrying");
        assertThat(train().retryAt()).isNotNull();
        assertThat(train().message()).isEqualTo("keys are old");
        cluster.awaitJob(Stage.TRAIN, 2);
    }

    @Test
    void relaunchesTrainFreeOfChargeAsOftenAsTheStoreStaysAway(Cluster given) {
        Job train = training(given);
        for (int attempt = 1; attempt <= 3; attempt++) {
            fail(train, 69, "Error", new StageFailure(StageFailure.Reason.StoreUnavailable, "store is down"));
            train = cluster.awaitJob(Stage.TRAIN, attempt + 1);
        }
        cluster.awaitStage(round, Stage.TRAIN, stage -> stage.attempt() == 4);
        assertThat(train().disruptions()).isEqualTo(3);
        assertThat(train().failures()).isNull();
        cluster.awaitEvent(round, "StoreUnavailable");
    }

    @Test
    void takesTheResultOfAJobThatFailed(Cluster given) {
        Job train = training(given);
        cluster.kubelet().commit(train);
        fail(train, 143, "Error", null);
        cluster.awaitJob(Stage.SCORE, 1);
        assertThat(cluster.jobs(Stage.TRAIN)).hasSize(1);
    }

    @Test
    void retriesAJobThatSucceededWithoutAResult(Cluster given) {
        Job train = training(given);
        cluster.kubelet().complete(train);
        cluster.awaitReason(round, "Retrying");
        assertThat(Cluster.ready(cluster.latest(round)).getMessage()).contains("store has no result");
        cluster.awaitJob(Stage.TRAIN, 2);
    }
}
