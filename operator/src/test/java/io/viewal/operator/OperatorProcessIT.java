package io.viewal.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.api.v1alpha1.MultiViewDataset;
import io.viewal.api.v1alpha1.RoundClass;
import io.viewal.contract.Stage;
import io.viewal.operator.harness.Cluster;
import io.viewal.operator.harness.OperatorProcess;
import io.viewal.operator.harness.S3Server;
import io.viewal.operator.harness.Servers;
import io.viewal.operator.harness.Yaml;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The operator as it is shipped. */
@ExtendWith(Servers.class)
class OperatorProcessIT {

    private static final long MAX_RESIDENT_MEBIBYTES = 256;

    private static OperatorProcess start(Cluster cluster) throws Exception {
        return new OperatorProcess(
                cluster.api().kubeconfig(),
                Map.of(
                        "VIEWAL_CREDENTIALS_DIR",
                        cluster.s3().credentials().toString(),
                        "VIEWAL_LEADER_ELECTION_LEASE_NAME",
                        "viewal",
                        "VIEWAL_LEADER_ELECTION_NAMESPACE",
                        cluster.namespace(),
                        "VIEWAL_LEADER_ELECTION_IDENTITY",
                        "operator-0"));
    }

    @Test
    void runsARoundInLittleMemory(Cluster cluster) throws Exception {
        try (OperatorProcess operator = start(cluster)) {
            Duration ready = operator.awaitReady();
            cluster.createClass();
            cluster.createReadyDataset();
            ActiveLearningRound round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
            cluster.finish(round);
            cluster.awaitReason(round, "Complete");
            long resident = operator.residentMebibytes();
            System.out.printf("operator: ready after %d ms, %d MiB resident%n", ready.toMillis(), resident);
            assertThat(resident).isLessThan(MAX_RESIDENT_MEBIBYTES);
            assertThat(operator.get("/q/metrics"))
                    .contains(
                            "viewal_stage_attempts_total", "viewal_stage_duration_seconds", "viewal_stage_gap_seconds");
            assertThat(operator.log())
                    .contains("round-0: Complete")
                    .containsPattern(
                            "INFO .*ActiveLearningRound \\S+/round-0 \\(Job round-0-train-1-\\w+, attempt 1\\): StageLaunched")
                    .doesNotContain("test-secret-of-the-store");
        }
    }

    @Test
    void logsOneLineOfANamespaceThatIsBeingDeleted(Cluster cluster) throws Exception {
        try (OperatorProcess operator = start(cluster)) {
            operator.awaitReady();
            cluster.createClass();
            cluster.createReadyDataset();
            ActiveLearningRound round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
            Job train = cluster.awaitJob(Stage.TRAIN, 1);
            cluster.awaitEvent(round, "StageLaunched");
            cluster.client().namespaces().withName(cluster.namespace()).delete();
            int before = lines(operator);
            cluster.client().resource(train).delete();
            Thread.sleep(3000);
            assertThat(operator.log().lines().skip(before))
                    .as("lines since the namespace was deleted")
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("INFO", "'" + cluster.namespace() + "' is being deleted");
        }
    }

    private static int lines(OperatorProcess operator) {
        return (int) operator.log().lines().count();
    }

    @Test
    void takesItsOwnLeaseBackAtOnceAfterACrash(Cluster cluster) throws Exception {
        cluster.createClass();
        ActiveLearningRound round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        try (OperatorProcess crashed = start(cluster)) {
            crashed.awaitReady();
            cluster.awaitReason(round, "DatasetNotFound");
            crashed.kill();
        }
        try (OperatorProcess again = start(cluster)) {
            again.awaitReady();
            cluster.createReadyDataset();
            cluster.awaitLaunched(round);
        }
    }

    @Test
    void endsWhenItIsToldToThoughTheApiServerDoesNotAnswer(Cluster cluster) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String kubeconfig = cluster.api()
                    .kubeconfig()
                    .replaceFirst("server: .*", "server: http://127.0.0.1:" + silent.getLocalPort());
            try (OperatorProcess operator = new OperatorProcess(kubeconfig, Map.of());
                    Socket asked = silent.accept()) {
                assertThat(asked.isConnected()).isTrue();
                assertThat(operator.terminate()).isEqualTo(1);
            }
        }
    }

    @Test
    void opensAStoreByTheIdentityOfItsOwn(Cluster cluster) throws Exception {
        Map<String, String> identity =
                Map.of("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY, "AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY);
        try (OperatorProcess operator = new OperatorProcess(cluster.api().kubeconfig(), identity)) {
            operator.awaitReady();
            cluster.create(RoundClass.class, Yaml.CLASS.replace(", credentialsSecretName: viewal-store", ""));
            cluster.create(MultiViewDataset.class, Yaml.DATASET);
            assertThat(cluster.awaitJob(Stage.PREPARE, 1)
                            .getSpec()
                            .getTemplate()
                            .getSpec()
                            .getVolumes())
                    .extracting(Volume::getName)
                    .doesNotContain("credentials");
        }
    }
}
