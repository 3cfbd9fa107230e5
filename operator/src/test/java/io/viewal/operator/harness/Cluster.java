package io.viewal.operator.harness;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.api.v1alpha1.MultiViewDataset;
import io.viewal.api.v1alpha1.RoundClass;
import io.viewal.contract.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** One test's view: a namespace, a round class of the same name, an operator, and hands to play the kubelet with. */
public final class Cluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String namespace = "t" + UUID.randomUUID().toString().substring(0, 8);
    private final ApiServer api;
    private final S3Server s3;
    private final List<AutoCloseable> open = new ArrayList<>();

    Cluster(ApiServer api, S3Server s3) {
        this.api = api;
        this.s3 = s3;
        client().resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        // There is no controller that makes it.
        client().resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("default")
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .create();
    }

    /** Someone who may do everything. */
    public KubernetesClient client() {
        return api.admin();
    }

    /** The API server. */
    public ApiServer api() {
        return api;
    }

    /** The store. */
    public S3Server s3() {
        return s3;
    }

    /** The test's namespace, and its round class. */
    public String namespace() {
        return namespace;
    }

    /** Starts an operator of its own connection; stopped at the test's end. */
    public TestOperator startOperator() {
        KubernetesClient own =
                new KubernetesClientBuilder().withConfig(api.config()).build();
        open.add(own);
        return startOperator(own);
    }

    /** Starts an operator that uses this client. */
    public TestOperator startOperator(KubernetesClient own) {
        TestOperator operator = new TestOperator(own, s3.credentials());
        open.add(operator);
        return operator;
    }

    /** Creates what the YAML declares, in the test's namespace and with its class. */
    public <R extends HasMetadata> R create(Class<R> type, String yaml) {
        R resource = Yaml.read(type, yaml.replace("CLASS", namespace).replace("ENDPOINT", s3.endpoint()));
        if (type != RoundClass.class) {
            resource.getMetadata().setNamespace(namespace);
        }
        return client().resource(resource).create();
    }

    /** Creates the class that the test's other resources name. */
    public RoundClass createClass() {
        return create(RoundClass.class, Yaml.CLASS);
    }

    /** Creates a data set, prepares it and waits until it is ready. */
    public MultiViewDataset createReadyDataset() {
        MultiViewDataset dataset = create(MultiViewDataset.class, Yaml.DATASET);
        kubelet().succeed(awaitJob(Stage.PREPARE, 1));
        await().atMost(PATIENCE)
                .until(() -> "True".equals(ready(latest(dataset)).getStatus()));
        return latest(dataset);
    }

    /** Hands to play the kubelet and the Job controller with. */
    public Kubelet kubelet() {
        return new Kubelet(client(), s3);
    }

    /** The resource as it is now. */
    public <R extends HasMetadata> R latest(R resource) {
        return client().resource(resource).get();
    }

    /** Waits for an attempt's Job. */
    public Job awaitJob(Stage stage, int attempt) {
        return awaitJob(null, stage, attempt);
    }

    /** Waits for the Job of an attempt of the round or data set of this name. */
    public Job awaitJob(String owner, Stage stage, int attempt) {
        return await("%s attempt %d".formatted(stage, attempt))
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> jobs(stage).stream()
                                .filter(job -> label(job, "viewal.io/attempt").equals(Integer.toString(attempt)))
                                .filter(job -> owner == null
                                        || label(job, "app.kubernetes.io/instance")
                                                .equals(owner))
                                .findFirst()
                                .orElse(null),
                        job -> job != null);
    }

    /** All Jobs of a stage. */
    public List<Job> jobs(Stage stage) {
        return client().batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withLabel("viewal.io/stage", stage.key())
                .list()
                .getItems();
    }

    /** All Jobs of the namespace. */
    public List<Job> jobs() {
        return client().batch().v1().jobs().inNamespace(namespace).list().getItems();
    }

    /** Waits until the round is ready, or not, for this reason. */
    public ActiveLearningRound awaitReason(ActiveLearningRound round, String reason) {
        return await("reason " + reason)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> latest(round), now -> reason.equals(ready(now).getReason()));
    }

    /** Waits until the data set is ready, or not, for this reason. */
    public MultiViewDataset awaitReason(MultiViewDataset dataset, String reason) {
        return await("reason " + reason)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> latest(dataset), now -> reason.equals(ready(now).getReason()));
    }

    /** The condition Ready; one without a reason while there is none. */
    public static Condition ready(ActiveLearningRound round) {
        return condition(round.getStatus() == null ? null : round.getStatus().conditions(), "Ready");
    }

    /** The condition Ready; one without a reason while there is none. */
    public static Condition ready(MultiViewDataset dataset) {
        return condition(
                dataset.getStatus() == null ? null : dataset.getStatus().conditions(), "Ready");
    }

    /** A condition by its type; one without a reason while there is none. */
    public static Condition condition(List<Condition> conditions, String type) {
        return conditions == null
                ? new Condition()
                : conditions.stream()
                        .filter(condition -> condition.getType().equals(type))
                        .findFirst()
                        .orElseGet(Condition::new);
    }

    /** Reasons of the events about a resource, in their order. */
    public List<String> eventReasons(HasMetadata about) {
        return client().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> about.getMetadata()
                        .getUid()
                        .equals(event.getInvolvedObject().getUid()))
                .sorted(Comparator.comparing(
                        (Event event) -> Long.parseLong(event.getMetadata().getResourceVersion())))
                .map(Event::getReason)
                .toList();
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable closeable : open.reversed()) {
            closeable.close();
        }
        // No operator of a later test shall meet this test's resources.
        client().resources(ActiveLearningRound.class).inNamespace(namespace).delete();
        client().resources(MultiViewDataset.class).inNamespace(namespace).delete();
        client().resources(RoundClass.class).withName(namespace).delete();
        client().batch().v1().jobs().inNamespace(namespace).delete();
    }

    private static String label(Job job, String name) {
        return job.getMetadata().getLabels().getOrDefault(name, "");
    }
}
