package io.viewal.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.api.v1alpha1.Outcome;
import io.viewal.api.v1alpha1.RoundStatus;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.Stage;
import io.viewal.operator.harness.Cluster;
import io.viewal.operator.harness.Kubelet;
import io.viewal.operator.harness.Servers;
import io.viewal.operator.harness.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class RoundLifecycleIT {

    @Test
    void runsARoundThroughAllStages(Cluster cluster) {
        cluster.startOperator();
        cluster.createClass();
        ActiveLearningRound round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        cluster.createReadyDataset();
        for (Stage stage : Stage.ROUND) {
            cluster.kubelet().succeed(cluster.awaitJob(stage, 1));
        }
        RoundStatus status = cluster.awaitReason(round, "Complete").getStatus();

        assertThat(status.outcome()).isEqualTo(Outcome.Complete);
        assertThat(status.meanIoU()).isEqualTo(0.34568);
        assertThat(status.labels()).isEqualTo(new RoundStatus.Labels(9216L, 0.375, 9L, 0.5));
        assertThat(status.artifacts()).containsOnlyKeys("history", "labels", "model", "page", "selection");
        assertThat(status.stages())
                .allSatisfy(stage -> assertThat(stage.progress()).isEqualTo(100));
        assertThat(cluster.eventReasons(round)).containsSubsequence("StageLaunched", "StageComplete", "Complete");
        assertThat(Kubelet.request(cluster.jobs(Stage.LABEL).getFirst()).inputs())
                .containsKeys(RoundRequests.DATASET, RoundRequests.LABELS, RoundRequests.SELECTION, "scores-00000");
    }
}
