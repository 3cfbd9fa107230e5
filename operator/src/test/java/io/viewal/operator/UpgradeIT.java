package io.viewal.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.api.v1alpha1.StageStatus;
import io.viewal.contract.Stage;
import io.viewal.contract.StageFailure;
import io.viewal.operator.harness.Cluster;
import io.viewal.operator.harness.Kubelet;
import io.viewal.operator.harness.Servers;
import io.viewal.operator.harness.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An operator of another release takes over a round that runs. */
@ExtendWith(Servers.class)
class UpgradeIT {

    private static final String EARLIER = "0".repeat(64);

    private Cluster cluster;
    private ActiveLearningRound round;

    /** A round whose TRAIN was launched by an operator that computed another digest of the same request. */
    private Job launchedByAnEarlierOperator(Cluster given) throws Exception {
        cluster = given;
        var earlier = cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        Job train = cluster.awaitJob(Stage.TRAIN, 1);
        cluster.awaitLaunched(round);
        earlier.close();
        String pinned = Kubelet.request(train).digest();
        assertThat(train().requestDigest()).isEqualTo(pinned);
        cluster.client()
                .resource(round)
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON),
                        "[{\"op\": \"replace\", \"path\": \"/status/stages/0/requestDigest\", \"value\": \"%s\"}]"
                                .formatted(EARLIER));
        return train;
    }

    private StageStatus train() {
        return cluster.latest(round).getStatus().stages().getFirst();
    }

    @Test
    void takesTheResultOfAStageThatAnEarlierReleaseLaunched(Cluster given) throws Exception {
        Job train = launchedByAnEarlierOperator(given);
        cluster.kubelet().commitAs(train, EARLIER);
        cluster.kubelet().complete(train);
        cluster.startOperator();
        cluster.finish(round, Stage.SCORE, Stage.SELECT, Stage.LABEL);
        cluster.awaitReason(round, "Complete");
        assertThat(cluster.jobs(Stage.TRAIN)).hasSize(1);
        assertThat(train().requestDigest()).isEqualTo(EARLIER);
    }

    @Test
    void asksFurtherAttemptsUnderTheDigestOfTheFirst(Cluster given) throws Exception {
        Job train = launchedByAnEarlierOperator(given);
        cluster.startOperator();
        cluster.client().resource(train).delete();
        Job again = cluster.awaitJob(Stage.TRAIN, 2);
        assertThat(Kubelet.request(again).digest()).isEqualTo(EARLIER);
        assertThat(again.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getEnv())
                .contains(new EnvVar("VIEWAL_REQUEST_DIGEST", EARLIER, null));
        cluster.kubelet().succeed(again);
        cluster.awaitJob(Stage.SCORE, 1);
    }

    @Test
    void triesAgainWhenTheWorkersImageIsTooOld(Cluster given) {
        cluster = given;
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        Job train = cluster.awaitJob(Stage.TRAIN, 1);
        cluster.kubelet()
                .exit(
                        train,
                        cluster.kubelet().run(train),
                        StageFailure.Reason.WorkerTooOld.exitCode(),
                        "Error",
                        new StageFailure(
                                StageFailure.Reason.WorkerTooOld,
                                "The request says 'parameters.ensemble', which this worker does not know"));
        cluster.kubelet().failJob(train);
        cluster.awaitReason(round, "Retrying");
        assertThat(train().message()).contains("parameters.ensemble");
        cluster.awaitJob(Stage.TRAIN, 2);
    }

    @Test
    void followsTheEndpointOfTheSameBucket(Cluster given) {
        cluster = given;
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        Job train = cluster.awaitJob(Stage.TRAIN, 1);
        cluster.awaitLaunched(round);
        String moved = cluster.s3().endpoint().replace("127.0.0.1", "localhost");
        cluster.patchClass("{\"spec\": {\"store\": {\"endpoint\": \"%s\"}}}".formatted(moved));
        cluster.kubelet().succeed(train);
        Job score = cluster.awaitJob(Stage.SCORE, 1);
        assertThat(Kubelet.request(score).store().endpoint()).isEqualTo(moved);
        ActiveLearningRound second = cluster.create(
                ActiveLearningRound.class,
                Yaml.ROUND.replace("name: round-0", "name: round-1").replace("seed: 7", "seed: 8"));
        cluster.awaitJob(second.getMetadata().getName(), Stage.TRAIN, 1);
    }
}
