package io.viewal.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.api.v1alpha1.MultiViewDataset;
import io.viewal.api.v1alpha1.Outcome;
import io.viewal.api.v1alpha1.StageStatus;
import io.viewal.contract.Stage;
import io.viewal.contract.StageFailure;
import io.viewal.operator.harness.Cluster;
import io.viewal.operator.harness.Servers;
import io.viewal.operator.harness.Yaml;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class WaitingIT {

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

    private String message() {
        return Cluster.ready(cluster.latest(round)).getMessage();
    }

    @Test
    void showsTheSchedulersReasonWhileNoNodeIsFree(Cluster given) {
        Job train = training(given);
        cluster.kubelet().unschedulable(train, "0/2 nodes are available: 2 Insufficient nvidia.com/gpu.");
        cluster.awaitReason(round, "WaitingForResources");
        assertThat(message()).contains("0/2 nodes are available: 2 Insufficient nvidia.com/gpu.");
        cluster.awaitEvent(round, "WaitingForResources");
    }

    @Test
    void saysThatAnImageCannotBePulled(Cluster given) {
        Job train = training(given);
        cluster.kubelet().containerWaits(train, "ImagePullBackOff", "Back-off pulling image");
        cluster.awaitReason(round, "ImagePullFailing");
        assertThat(message()).contains("viewal/worker:test", "round class");
    }

    @Test
    void saysThatASecretIsMissing(Cluster given) {
        Job train = training(given);
        var pod = cluster.kubelet().containerWaits(train, "ContainerCreating", null);
        cluster.kubelet().warn(pod, "FailedMount", "MountVolume.SetUp failed: secret \"viewal-store\" not found");
        cluster.awaitReason(round, "PodSetupFailing");
        assertThat(message()).contains("secret \"viewal-store\" not found");
    }

    @Test
    void showsProgressInStepsAndAnEstimate(Cluster given) {
        Job train = training(given);
        cluster.kubelet().run(train);
        cluster.awaitReason(round, "Running");
        cluster.clock().forward(Duration.ofMinutes(2));
        cluster.kubelet().progress(train, 25, 100, "epoch 1 of 4, loss 1.21");
        StageStatus stage = awaitPercent(25);
        assertThat(stage.message()).isEqualTo("epoch 1 of 4, loss 1.21");
        assertThat(stage.eta()).isNotNull();
        assertThat(cluster.latest(round).getStatus().progress()).isEqualTo("25%");
        cluster.clock().forward(Duration.ofMinutes(2));
        cluster.kubelet().progress(train, 50, 100, "epoch 2 of 4, loss 1.02");
        awaitPercent(50);
    }

    private StageStatus awaitPercent(int percent) {
        return cluster.awaitStage(round, Stage.TRAIN, now -> now.progress() != null && now.progress() == percent);
    }

    @Test
    void writesNoStatusWhileNothingChanges(Cluster given) throws InterruptedException {
        Job train = training(given);
        Pod pod = cluster.kubelet().run(train);
        cluster.awaitReason(round, "Running");
        String version = cluster.latest(round).getMetadata().getResourceVersion();
        for (int done = 1; done < 10; done++) {
            cluster.clock().forward(Duration.ofMinutes(2));
            cluster.kubelet().progress(train, done, 100, "epoch " + done);
            cluster.kubelet().nudge(pod);
            Thread.sleep(300);
        }
        assertThat(cluster.latest(round).getMetadata().getResourceVersion()).isEqualTo(version);
    }

    @Test
    void saysThatAQuotaHasNoRoomForThePod(Cluster given) {
        Job train = training(given);
        cluster.kubelet().warn(train, "FailedCreate", "pods \"x\" is forbidden: exceeded quota: team, used: pods=4");
        cluster.clock().forward(Duration.ofSeconds(10));
        ActiveLearningRound waiting = cluster.awaitReason(round, "QuotaExceeded");
        assertThat(message()).contains("exceeded quota: team");
        assertThat(Cluster.condition(waiting.getStatus().conditions(), "Reconciling")
                        .getStatus())
                .isEqualTo("True");
        cluster.awaitEvent(round, "QuotaExceeded");
        cluster.kubelet().run(train);
        cluster.awaitReason(round, "Running");
    }

    @Test
    void saysThatAPolicyRefusesThePod(Cluster given) {
        Job train = training(given);
        cluster.kubelet().warn(train, "FailedCreate", "pods \"x\" is forbidden: failed quota: must specify limits.cpu");
        cluster.clock().forward(Duration.ofSeconds(10));
        ActiveLearningRound stalled = cluster.awaitReason(round, "PodRejected");
        assertThat(message()).contains("resources.limitCpu: true");
        assertThat(Cluster.condition(stalled.getStatus().conditions(), "Stalled")
                        .getStatus())
                .isEqualTo("True");
        cluster.patchClass("{\"spec\": {\"resources\": {\"limitCpu\": true}}}");
        Job again = cluster.awaitJob(Stage.TRAIN, 2);
        assertThat(again.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getResources()
                        .getLimits())
                .containsEntry("cpu", new Quantity("1"));
    }

    @Test
    void saysThatAQuotaHasNoRoomForTheJob(Cluster given) {
        cluster = given;
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        ResourceQuota quota = cluster.allowNoJobs();
        round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        cluster.awaitReason(round, "QuotaExceeded");
        assertThat(message()).contains("exceeded quota: no-jobs");
        cluster.client().resource(quota).delete();
        cluster.touch(round);
        cluster.touch(round);
        cluster.awaitJob(Stage.TRAIN, 1);
    }

    @Test
    void makesTheJobAnewWhenItsImageIsCorrected(Cluster given) {
        Job train = training(given);
        cluster.kubelet().containerWaits(train, "ImagePullBackOff", "Back-off pulling image");
        cluster.awaitReason(round, "ImagePullFailing");
        cluster.patchClass("{\"spec\": {\"worker\": {\"image\": \"viewal/worker:corrected\"}}}");
        Job again = cluster.awaitJob(Stage.TRAIN, 2);
        assertThat(again.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getImage())
                .isEqualTo("viewal/worker:corrected");
        StageStatus stage = cluster.awaitStage(round, Stage.TRAIN, now -> now.attempt() == 2);
        assertThat(stage.failures()).isNull();
        assertThat(stage.disruptions()).isNull();
        assertThat(cluster.jobs(Stage.TRAIN)).hasSize(1);
        cluster.awaitEvent(round, "ClassChanged");
    }

    @Test
    void leavesAWorkerAloneThatRunsWhenTheClassChanges(Cluster given) throws InterruptedException {
        Job train = training(given);
        Pod pod = cluster.kubelet().run(train);
        cluster.awaitReason(round, "Running");
        cluster.patchClass("{\"spec\": {\"worker\": {\"image\": \"viewal/worker:next\"},"
                + " \"resources\": {\"max\": {\"memory\": \"64Mi\"}}}}");
        cluster.kubelet().nudge(pod);
        Thread.sleep(1500);
        assertThat(cluster.jobs(Stage.TRAIN)).hasSize(1);
        assertThat(Cluster.ready(cluster.latest(round)).getReason()).isEqualTo("Running");
    }

    @Test
    void tellsOfALostNodeAtOnceAndGivesItUpAfterAMinute(Cluster given) {
        Job train = training(given);
        Pod pod = cluster.kubelet().run(train);
        cluster.awaitReason(round, "Running");
        cluster.kubelet().loseNode(pod);
        cluster.awaitReason(round, "NodeLost");
        assertThat(cluster.jobs(Stage.TRAIN)).hasSize(1);
        cluster.clock().forward(Duration.ofMinutes(1));
        cluster.awaitJob(Stage.TRAIN, 2);
        StageStatus stage = cluster.awaitStage(round, Stage.TRAIN, now -> now.disruptions() != null);
        assertThat(stage.failures()).isNull();
        assertThat(cluster.jobs(Stage.TRAIN)).hasSize(1);
        // An event is published after the status is written.
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(cluster.events(round))
                        .filteredOn(event -> event.getReason().equals("NodeLost"))
                        .allMatch(event -> event.getType().equals("Warning"))
                        .hasSize(2));
    }

    @Test
    void stopsAWorkerThatReportsNothingMore(Cluster given) {
        Job train = training(given);
        cluster.kubelet().run(train);
        cluster.kubelet().progress(train, 25, 100, "epoch 1 of 4");
        cluster.awaitReason(round, "Running");
        cluster.clock().forward(Duration.ofSeconds(700));
        cluster.awaitReason(round, "Retrying");
        assertThat(message()).contains("reported nothing since", "stallSeconds");
        assertThat(cluster.jobs(Stage.TRAIN)).isEmpty();
        cluster.clock().forward(Duration.ofSeconds(5));
        cluster.awaitJob(Stage.TRAIN, 2);
        assertThat(cluster.latest(round).getStatus().stages().getFirst().failures())
                .isEqualTo(1);
    }

    @Test
    void stopsAPodThatASidecarKeepsAndGoesOn(Cluster given) {
        Job train = training(given);
        Pod pod = cluster.kubelet().run(train);
        cluster.awaitReason(round, "Running");
        cluster.kubelet().commit(train);
        cluster.kubelet().exitBesideASidecar(train, pod, 0, null);
        cluster.awaitJob(Stage.SCORE, 1);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> cluster.jobs(Stage.TRAIN).isEmpty());
    }

    @Test
    void failsForTheWorkersReasonAlthoughASidecarKeepsItsPod(Cluster given) {
        Job train = training(given);
        Pod pod = cluster.kubelet().run(train);
        cluster.awaitReason(round, "Running");
        cluster.kubelet()
                .exitBesideASidecar(
                        train, pod, 65, new StageFailure(StageFailure.Reason.InvalidLabels, "label 9 is not a class"));
        cluster.awaitReason(round, "InvalidLabels");
        assertThat(message()).isEqualTo("Train failed: label 9 is not a class");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> cluster.jobs(Stage.TRAIN).isEmpty());
    }

    @Test
    void endsAStageBeyondItsDeadline(Cluster given) {
        cluster = given;
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        cluster.patchClass("{\"spec\": {\"deadlineSeconds\": 3600}}");
        round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        Job train = cluster.awaitJob(Stage.TRAIN, 1);
        assertThat(train.getSpec().getActiveDeadlineSeconds()).isEqualTo(3600);
        cluster.kubelet().failJob(train, "DeadlineExceeded", "Job was active longer than specified deadline");
        cluster.awaitReason(round, "DeadlineExceeded");
        assertThat(message()).contains("deadlineSeconds");
        assertThat(cluster.latest(round).getStatus().outcome()).isEqualTo(Outcome.Failed);
    }

    @Test
    void saysWhatItsDataSetSays(Cluster given) {
        cluster = given;
        cluster.startOperator();
        cluster.createClass();
        cluster.create(MultiViewDataset.class, Yaml.DATASET);
        cluster.kubelet().containerWaits(cluster.awaitJob(Stage.PREPARE, 1), "ImagePullBackOff", "Back-off");
        round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        cluster.awaitReason(round, "DatasetNotReady");
        await().atMost(Duration.ofSeconds(20)).until(() -> message().contains("viewal/worker:test"));
    }

    @Test
    void makesNothingInANamespaceThatIsBeingDeleted(Cluster given) throws InterruptedException {
        Job train = training(given);
        cluster.awaitLaunched(round);
        // An event is published after the status is written.
        cluster.awaitEvent(round, "StageLaunched");
        int events = cluster.events(round).size();
        cluster.client().namespaces().withName(cluster.namespace()).delete();
        String version = cluster.latest(round).getMetadata().getResourceVersion();
        cluster.client().resource(train).delete();
        Thread.sleep(2000);
        assertThat(cluster.jobs())
                .filteredOn(job -> job.getMetadata().getName().contains("train"))
                .isEmpty();
        assertThat(cluster.events(round)).hasSize(events);
        assertThat(cluster.latest(round).getMetadata().getResourceVersion()).isEqualTo(version);
    }
}
