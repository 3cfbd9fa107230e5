package io.viewal.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.api.v1alpha1.RoundClass;
import io.viewal.contract.Stage;
import io.viewal.operator.harness.ApiServer;
import io.viewal.operator.harness.Cluster;
import io.viewal.operator.harness.Helm;
import io.viewal.operator.harness.RecordingClient;
import io.viewal.operator.harness.S3Server;
import io.viewal.operator.harness.TestOperator;
import io.viewal.operator.harness.Yaml;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The chart on a real API server: one life of a release, in order. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChartIT {

    private static final String[] CLASS = {
        "--set", "roundClass.create=true", "--set", "roundClass.spec.store.endpoint=http://store:9000"
    };

    private ApiServer api;
    private S3Server s3;
    private Helm helm;

    @BeforeAll
    void start() throws Exception {
        api = ApiServer.startBare();
        s3 = S3Server.start();
        helm = new Helm(api);
    }

    @AfterAll
    void stop() throws Exception {
        s3.close();
        api.close();
    }

    private KubernetesClient admin() {
        return api.admin();
    }

    @Test
    @Order(1)
    void installsCrdsAndADefaultClass() throws Exception {
        assertThat(helm.upgrade()).contains("runs in namespace viewal-system");
        // What --wait does in one go; here it would wait for the operator's pod, too.
        api.awaitKinds();
        helm.upgrade(CLASS);
        RoundClass made =
                admin().resources(RoundClass.class).withName("standard").get();
        assertThat(made.getMetadata().getAnnotations()).containsEntry(RoundClass.DEFAULT_ANNOTATION, "true");
        assertThat(made.getSpec().retry().maxAttempts()).isEqualTo(3);
    }

    @Test
    @Order(2)
    void upgradesTheClass() throws Exception {
        helm.upgrade(CLASS[0], CLASS[1], CLASS[2], CLASS[3], "--set", "roundClass.spec.retry.maxAttempts=5");
        assertThat(standard().getSpec().retry().maxAttempts()).isEqualTo(5);
    }

    private RoundClass standard() {
        return admin().resources(RoundClass.class).withName("standard").get();
    }

    @Test
    @Order(3)
    void grantsTheOperatorExactlyWhatItAsksFor() throws Exception {
        try (RecordingClient recording = new RecordingClient(api.configOf(Helm.NAMESPACE, "viewal"));
                TestOperator operator =
                        new TestOperator(recording.client(), s3.credentials(), Helm.NAMESPACE, "viewal");
                Cluster cluster = new Cluster(api, s3)) {
            everythingThatMayHappen(cluster);
            Set<String> asked = new TreeSet<>(recording.rights());
            // Anyone may ask what he may do.
            asked.removeIf(right -> right.startsWith("authorization.k8s.io/"));
            // The Operator SDK refuses to start without it, though it patches.
            asked.add("coordination.k8s.io/leases:update");
            assertThat(asked).isEqualTo(granted());
        }
    }

    private void everythingThatMayHappen(Cluster cluster) {
        cluster.createClass();
        ActiveLearningRound round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        cluster.awaitReason(round, "DatasetNotFound");
        cluster.createReadyDataset();
        var pod = cluster.kubelet().containerWaits(cluster.awaitJob(Stage.TRAIN, 1), "ContainerCreating", null);
        cluster.kubelet().warn(pod, "FailedMount", "no such secret");
        cluster.awaitReason(round, "PodSetupFailing");
        cluster.suspend(round, true);
        cluster.awaitReason(round, "Suspended");
        cluster.suspend(round, false);
        var second = cluster.awaitJob(Stage.TRAIN, 2);
        cluster.awaitStage(round, Stage.TRAIN, stage -> stage.attempt() == 2);
        cluster.client().resource(second).delete();
        var third = cluster.awaitJob(Stage.TRAIN, 3);
        cluster.kubelet().failJob(third);
        cluster.awaitJob(Stage.TRAIN, 4);
        cluster.suspend(round, true);
        // Told before, so that the event is counted up.
        await().atMost(Duration.ofSeconds(20))
                .until(() -> cluster.client().v1().events().inNamespace(cluster.namespace()).list().getItems().stream()
                        .anyMatch(event -> event.getReason().equals("Suspended") && event.getCount() == 2));
    }

    private Set<String> granted() {
        Set<String> granted = new TreeSet<>();
        add(granted, admin().rbac().clusterRoles().withName("viewal").get().getRules());
        add(
                granted,
                admin().rbac()
                        .roles()
                        .inNamespace(Helm.NAMESPACE)
                        .withName("viewal")
                        .get()
                        .getRules());
        return granted;
    }

    private static void add(Set<String> granted, List<PolicyRule> rules) {
        for (PolicyRule rule : rules) {
            for (String resource : rule.getResources()) {
                rule.getVerbs()
                        .forEach(verb -> granted.add(rule.getApiGroups().getFirst() + "/" + resource + ":" + verb));
            }
        }
    }

    @Test
    @Order(5)
    void keepsCrdsAndClassWhenItIsUninstalled() throws Exception {
        helm.uninstall();
        assertThat(admin().apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName("activelearningrounds.viewal.io")
                        .get())
                .isNotNull();
        assertThat(standard()).isNotNull();
    }
}
