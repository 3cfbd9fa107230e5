package io.viewal.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.api.v1alpha1.Outcome;
import io.viewal.contract.Stage;
import io.viewal.operator.harness.Cluster;
import io.viewal.operator.harness.Servers;
import io.viewal.operator.harness.SlowClient;
import io.viewal.operator.harness.TestOperator;
import io.viewal.operator.harness.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class RoundRacesIT {

    @Test
    void twoOperatorsNeverLaunchTwice(Cluster cluster) {
        cluster.startOperator();
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        ActiveLearningRound round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        cluster.finish(round);
        cluster.awaitReason(round, "Complete");
        assertThat(cluster.jobs()).hasSize(5);
        assertThat(cluster.latest(round).getStatus().stages())
                .allSatisfy(stage -> assertThat(stage.attempt()).isEqualTo(1));
    }

    @Test
    void keepsASpecEditMadeWhileAStatusWriteIsInFlight(Cluster cluster) {
        SlowClient slow = cluster.slowClient();
        cluster.startOperator(slow.client());
        cluster.createClass();
        cluster.createReadyDataset();
        ActiveLearningRound round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        cluster.awaitLaunched(round);
        Job train = cluster.awaitJob(Stage.TRAIN, 1);

        slow.holdStatusWrites();
        cluster.kubelet().run(train);
        slow.awaitHeldWrite();
        cluster.suspend(round, true);
        slow.letGo();

        cluster.awaitReason(round, "Suspended");
        cluster.staysWithoutJobs(Stage.TRAIN);
    }

    @Test
    void goesOnWithTheRunningJobAfterARestart(Cluster cluster) {
        TestOperator first = cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        ActiveLearningRound round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        Job train = cluster.awaitJob(Stage.TRAIN, 1);
        cluster.kubelet().run(train);
        cluster.awaitReason(round, "Running");
        first.close();
        cluster.startOperator();
        cluster.kubelet().succeed(train);
        cluster.awaitJob(Stage.SCORE, 1);
        assertThat(cluster.jobs(Stage.TRAIN)).hasSize(1);
    }

    @Test
    void goesOnAfterAJobThatEndedWhileNoOperatorRan(Cluster cluster) {
        TestOperator first = cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        ActiveLearningRound round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        Job train = cluster.awaitJob(Stage.TRAIN, 1);
        cluster.awaitLaunched(round);
        first.close();
        cluster.kubelet().succeed(train);
        cluster.startOperator();
        cluster.finish(round, Stage.SCORE, Stage.SELECT, Stage.LABEL);
        assertThat(cluster.awaitReason(round, "Complete").getStatus().outcome()).isEqualTo(Outcome.Complete);
    }

    @Test
    void keepsTheJobOfALaunchWhoseStatusWasNotWritten(Cluster cluster) throws Exception {
        SlowClient slow = cluster.slowClient();
        TestOperator first = cluster.startOperator(slow.client());
        cluster.createClass();
        cluster.createReadyDataset();
        slow.refuseStatusWrites();
        ActiveLearningRound round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        cluster.awaitJob(Stage.TRAIN, 1);
        first.close();
        assertThat(cluster.latest(round).getStatus().stages()).isNull();
        cluster.startOperator();
        cluster.awaitLaunched(round);
        assertThat(cluster.jobs(Stage.TRAIN)).hasSize(1);
        assertThat(cluster.latest(round).getStatus().stages().getFirst().attempt())
                .isEqualTo(1);
    }

    @Test
    void leavesJobsOfAnEarlierRoundOfTheSameNameAlone(Cluster cluster) {
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        ActiveLearningRound first = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        Job old = cluster.awaitJob(Stage.TRAIN, 1);
        cluster.client().resource(first).delete();
        ActiveLearningRound second =
                cluster.create(ActiveLearningRound.class, Yaml.ROUND.replace("seed: 7", "seed: 8"));
        cluster.kubelet().succeed(old);
        cluster.awaitLaunched(second);
        assertThat(cluster.jobs(Stage.TRAIN)).hasSize(2);
        assertThat(cluster.jobs(Stage.SCORE)).isEmpty();
    }
}
