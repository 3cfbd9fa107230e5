package io.viewal.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.api.v1alpha1.StageStatus;
import io.viewal.contract.Stage;
import io.viewal.operator.harness.Cluster;
import io.viewal.operator.harness.Servers;
import io.viewal.operator.harness.Yaml;
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
    void showsProgressAndAnEstimate(Cluster given) {
        Job train = training(given);
        cluster.kubelet().run(train);
        cluster.awaitReason(round, "Running");
        cluster.kubelet().progress(train, 25, 100, "epoch 1 of 4, loss 1.21");
        StageStatus stage =
                cluster.awaitStage(round, Stage.TRAIN, now -> now.progress() != null && now.progress() == 25);
        assertThat(stage.message()).isEqualTo("epoch 1 of 4, loss 1.21");
        assertThat(stage.eta()).isNotNull();
        assertThat(cluster.latest(round).getStatus().progress()).isEqualTo("25%");
        cluster.kubelet().progress(train, 50, 100, "epoch 2 of 4, loss 1.02");
        cluster.awaitStage(round, Stage.TRAIN, now -> now.progress() != null && now.progress() == 50);
    }

    @Test
    void writesNoStatusWhileNothingChanges(Cluster given) throws InterruptedException {
        Job train = training(given);
        cluster.kubelet().run(train);
        cluster.awaitReason(round, "Running");
        cluster.kubelet().progress(train, 25, 100, "epoch 1 of 4, loss 1.21");
        cluster.awaitStage(round, Stage.TRAIN, now -> now.progress() != null && now.progress() == 25);
        String version = cluster.latest(round).getMetadata().getResourceVersion();
        // Longer than two looks at the progress.
        Thread.sleep(5000);
        assertThat(cluster.latest(round).getMetadata().getResourceVersion()).isEqualTo(version);
    }
}
