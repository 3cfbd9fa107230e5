package io.viewal.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.viewal.api.v1alpha1.ActiveLearningExperiment;
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
import io.viewal.operator.pipeline.Reclaimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
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

    private static final String SERVED = "viewal.io/v1alpha1/RoundClass";

    private ApiServer api;
    private S3Server s3;
    private Helm helm;
    private ClassWatch classes;
    private String uid;

    @BeforeAll
    void start() throws Exception {
        api = ApiServer.startBare();
        s3 = S3Server.start();
        helm = new Helm(api);
    }

    @AfterAll
    void stop() throws Exception {
        classes.close();
        s3.close();
        api.close();
    }

    private KubernetesClient admin() {
        return api.admin();
    }

    @Test
    @Order(1)
    void installsCrds() throws Exception {
        assertThat(helm.upgrade()).contains("runs in namespace viewal-system");
        // What --wait does in one go; here it would wait for the operator's pod, too.
        api.awaitKinds();
        classes = new ClassWatch(admin());
    }

    @Test
    @Order(2)
    void makesADefaultClass() throws Exception {
        helm.upgrade(CLASS);
        RoundClass made = standard();
        assertThat(made.getMetadata().getAnnotations()).containsEntry(RoundClass.DEFAULT_ANNOTATION, "true");
        assertThat(made.getSpec().retry().maxAttempts()).isEqualTo(3);
        uid = made.getMetadata().getUid();
    }

    @Test
    @Order(3)
    void upgradesTheClassInPlace() throws Exception {
        helm.upgrade(with("roundClass.spec.retry.maxAttempts=5"));
        assertThat(standard().getSpec().retry().maxAttempts()).isEqualTo(5);
        assertThat(standard().getMetadata().getUid()).isEqualTo(uid);
    }

    @Test
    @Order(4)
    void keepsTheClassWhenAnUpgradeIsRefused() {
        assertThatThrownBy(() -> helm.upgrade(with("roundClass.spec.resources.default.cpu=many")))
                .hasMessageContaining("cpu must be a quantity above zero");
        assertThat(standard().getSpec().retry().maxAttempts()).isEqualTo(5);
        assertThat(standard().getMetadata().getUid()).isEqualTo(uid);
    }

    @Test
    @Order(5)
    void keepsTheClassWhenAReleaseWithoutItComesBack() throws Exception {
        helm.rollback(1);
        assertThat(standard().getMetadata().getUid()).isEqualTo(uid);
        helm.upgrade(with("roundClass.spec.retry.maxAttempts=5"));
        helm.upgrade(with("roundClass.spec.retry.maxAttempts=6"));
        assertThat(standard().getSpec().retry().maxAttempts()).isEqualTo(6);
        assertThat(standard().getMetadata().getUid()).isEqualTo(uid);
    }

    @Test
    @Order(6)
    void keepsTheClassWhenAnotherOneIsMade() throws Exception {
        helm.upgrade(with("roundClass.name=first,roundClass.default=false"));
        assertThat(admin().resources(RoundClass.class).withName("first").get()).isNotNull();
        assertThat(standard().getMetadata().getUid()).isEqualTo(uid);
        helm.upgrade(CLASS);
        assertThat(standard().getMetadata().getUid()).isEqualTo(uid);
    }

    @Test
    @Order(6)
    void leavesTheClassOutWhereItsKindIsUnknownAndIsNeverAHook() throws Exception {
        assertThat(helm.template(CLASS)).doesNotContain("\nkind: RoundClass\n");
        assertThat(roundClass(helm.template(with("roundClass.name=other", "--api-versions", SERVED))))
                .as("what Argo CD and an upgrade see")
                .contains("helm.sh/resource-policy: keep")
                .doesNotContain("helm.sh/hook");
    }

    @Test
    @Order(6)
    void cleansTheStoreOfItsClassAtNight() throws Exception {
        helm.upgrade(with("storeGc.create=true,storeGc.dryRun=true"));
        var nightly = admin().batch()
                .v1()
                .cronjobs()
                .inNamespace(Helm.NAMESPACE)
                .withName("viewal-store-gc")
                .get()
                .getSpec();
        var pod = nightly.getJobTemplate().getSpec().getTemplate().getSpec();
        assertThat(pod.getContainers().getFirst().getArgs())
                .startsWith("store", "gc")
                .contains("--store=http://store:9000", "--bucket=viewal", "--dry-run");
        helm.upgrade(CLASS);
    }

    private static String roundClass(String objects) {
        return Arrays.stream(objects.split("\n---\n"))
                .filter(object -> object.contains("\nkind: RoundClass\n"))
                .findFirst()
                .orElseThrow();
    }

    private static String[] with(String... more) {
        List<String> arguments = new ArrayList<>(List.of(CLASS));
        arguments.add("--set");
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private RoundClass standard() {
        return admin().resources(RoundClass.class).withName("standard").get();
    }

    @Test
    @Order(7)
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
        cluster.patchClass("{\"spec\": {\"reclaimPolicy\": \"Delete\"}}");
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
        runAnExperiment(cluster);
    }

    /** One whose first round has a name that is taken, which is held once it has it, and whose results are to be deleted. */
    private static void runAnExperiment(Cluster cluster) {
        ActiveLearningRound foreign = cluster.create(
                ActiveLearningRound.class, Yaml.ROUND.replace("name: round-0", "name: compare-viewal-s0-r0"));
        ActiveLearningExperiment experiment = cluster.create(ActiveLearningExperiment.class, Yaml.EXPERIMENT);
        cluster.awaitReason(experiment, "RoundNameTaken");
        cluster.client().resource(foreign).delete();
        await().atMost(Duration.ofSeconds(20)).until(() -> cluster.latest(foreign) == null);
        cluster.edit(experiment, "{parallelRounds: 3}");
        cluster.awaitReason(experiment, "RoundsUnderway");
        cluster.edit(experiment, "{suspend: true}");
        cluster.awaitReason(experiment, "Suspended");
        cluster.edit(experiment, "{suspend: false}");
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    cluster.succeedAll();
                    return cluster.latest(experiment).hasFinalizer(Reclaimer.FINALIZER);
                });
    }

    @Test
    @Order(7)
    void letsEverybodyListClassesAndNobodyChangeThem() {
        assertThat(mayWithClasses("list")).isTrue();
        assertThat(mayWithClasses("update")).isFalse();
    }

    private boolean mayWithClasses(String verb) {
        SubjectAccessReview review = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser("jane")
                .withGroups("system:authenticated")
                .withNewResourceAttributes()
                .withGroup("viewal.io")
                .withResource("roundclasses")
                .withVerb(verb)
                .endResourceAttributes()
                .endSpec()
                .build();
        return admin().authorization()
                .v1()
                .subjectAccessReview()
                .create(review)
                .getStatus()
                .getAllowed();
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
    @Order(8)
    void keepsCrdsAndClassWhenItIsUninstalled() throws Exception {
        helm.uninstall();
        assertThat(admin().apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName("activelearningrounds.viewal.io")
                        .get())
                .isNotNull();
        assertThat(standard().getMetadata().getUid()).isEqualTo(uid);
        // The watch has told of everything before once it tells of this.
        admin().resources(RoundClass.class).withName("first").delete();
        await().until(() -> classes.deleted().contains("first"));
        assertThat(classes.deleted()).doesNotContain("standard");
    }

    /** Notes the classes that were deleted, be it for a moment. */
    private static final class ClassWatch implements Watcher<RoundClass>, AutoCloseable {

        private final Set<String> deleted = ConcurrentHashMap.newKeySet();
        private final Watch watch;

        ClassWatch(KubernetesClient client) {
            watch = client.resources(RoundClass.class).watch(this);
        }

        Set<String> deleted() {
            return deleted;
        }

        @Override
        public void eventReceived(Action action, RoundClass roundClass) {
            if (action == Action.DELETED) {
                deleted.add(roundClass.getMetadata().getName());
            }
        }

        @Override
        public void onClose(WatcherException cause) {
            throw new IllegalStateException("The watch ended, so that nothing can be said", cause);
        }

        @Override
        public void close() {
            watch.close();
        }
    }
}
