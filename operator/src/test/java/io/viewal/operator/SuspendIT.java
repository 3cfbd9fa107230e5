package io.viewal.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.contract.Stage;
import io.viewal.operator.harness.Cluster;
import io.viewal.operator.harness.Servers;
import io.viewal.operator.harness.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class SuspendIT {

    @Test
    void stopsTheRunningJobAndLaunchesItAnewWhenLetGo(Cluster cluster) {
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        ActiveLearningRound round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        cluster.kubelet().run(cluster.awaitJob(Stage.TRAIN, 1));
        cluster.awaitReason(round, "Running");

        cluster.suspend(round, true);
        cluster.awaitReason(round, "Suspended");
        cluster.staysWithoutJobs(Stage.TRAIN);
        assertThat(Cluster.condition(cluster.latest(round).getStatus().conditions(), "Stalled")
                        .getStatus())
                .isEqualTo("False");

        cluster.suspend(round, false);
        cluster.kubelet().succeed(cluster.awaitJob(Stage.TRAIN, 2));
        cluster.awaitJob(Stage.SCORE, 1);
        assertThat(cluster.latest(round).getStatus().stages().getFirst().failures())
                .isNull();
    }

    @Test
    void holdsARoundThatIsMadeSuspended(Cluster cluster) {
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        ActiveLearningRound round =
                cluster.create(ActiveLearningRound.class, Yaml.ROUND.replace("seed: 7", "seed: 7\n  suspend: true"));
        cluster.awaitReason(round, "Suspended");
        cluster.staysWithoutJobs(Stage.TRAIN);
        cluster.suspend(round, false);
        cluster.awaitJob(Stage.TRAIN, 1);
    }

    @Test
    void stopsTheRunningJobEvenWhenTheClassIsGone(Cluster cluster) {
        cluster.startOperator();
        var roundClass = cluster.createClass();
        cluster.createReadyDataset();
        ActiveLearningRound round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        cluster.awaitJob(Stage.TRAIN, 1);
        cluster.client().resource(roundClass).delete();
        cluster.awaitReason(round, "ClassNotFound");
        cluster.suspend(round, true);
        cluster.staysWithoutJobs(Stage.TRAIN);
    }
}
