package io.viewal.operator.harness;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.viewal.api.v1alpha1.ActiveLearningExperiment;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.api.v1alpha1.MultiViewDataset;
import io.viewal.api.v1alpha1.RoundClass;
import io.viewal.api.v1alpha1.RoundStatus;
import io.viewal.api.v1alpha1.StageStatus;
import io.viewal.contract.Stage;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/** One test's view: a namespace, a round class of the same name, an operator, and hands to play the kubelet with. */
public final class Cluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String namespace = "t" + UUID.randomUUID().toString().substring(0, 8);
    private final ApiServer api;
    private final S3Server s3;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final MovableClock clock = new MovableClock();

    /** Makes a namespace. */
    public Cluster(ApiServer api, S3Server s3) {
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
        TestOperator operator = new TestOperator(own, s3.credentials(), clock);
        open.add(operator);
        return operator;
    }

    /** The time that operators and workers of the test go by. */
    public MovableClock clock() {
        return clock;
    }

    /** A client for an operator whose writes are counted. */
    public CountingClient countingClient() {
        CountingClient counting = new CountingClient(api.config());
        open.add(counting);
        return counting;
    }

    /** A client for an operator whose writes of status can be held. */
    public SlowClient slowClient() {
        SlowClient slow = new SlowClient(api.config());
        open.add(slow);
        return slow;
    }

    /** Creates what the YAML declares, in the test's namespace and with its class. */
    public <R extends HasMetadata> R create(Class<R> type, String yaml) {
        R resource = Yaml.read(type, yaml.replace("CLASS", namespace).replace("ENDPOINT", s3.endpoint()));
        if (!resource.getKind().equals("RoundClass")) {
            resource.getMetadata().setNamespace(namespace);
        }
        return client().resource(resource).create();
    }

    /** Creates the class that the test's other resources name. */
    public RoundClass createClass() {
        return create(RoundClass.class, Yaml.CLASS);
    }

    /** Creates a second class, {@code CLASS-other}. */
    public RoundClass createOtherClass(String yaml) {
        return create(RoundClass.class, yaml.replace("name: CLASS", "name: CLASS-other"));
    }

    /** Changes the test's class. */
    public void patchClass(String mergePatch) {
        client().resources(RoundClass.class)
                .withName(namespace)
                .patch(PatchContext.of(PatchType.JSON_MERGE), mergePatch);
    }

    /** Makes a class the one of resources that name none. */
    public void makeDefault(RoundClass roundClass) {
        client().resource(roundClass)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"annotations\": {\"%s\": \"true\"}}}"
                                .formatted(RoundClass.DEFAULT_ANNOTATION));
    }

    /** Creates a data set, prepares it and waits until it is ready. */
    public MultiViewDataset createReadyDataset() {
        MultiViewDataset dataset = create(MultiViewDataset.class, Yaml.DATASET);
        kubelet().succeed(awaitJob(Stage.PREPARE, 1));
        await().atMost(PATIENCE)
                .until(() -> "True".equals(ready(latest(dataset)).getStatus()));
        return latest(dataset);
    }

    /** Lets all stages of a round succeed, one after the other. */
    public void finish(ActiveLearningRound round) {
        finish(round, Stage.ROUND.toArray(Stage[]::new));
    }

    /** Lets some stages of a round succeed, one after the other. */
    public void finish(ActiveLearningRound round, Stage... stages) {
        for (Stage stage : stages) {
            kubelet().succeed(awaitJob(round.getMetadata().getName(), stage, 1));
        }
    }

    /** Holds a round or lets it go, as a user does. */
    public void suspend(ActiveLearningRound round, boolean held) {
        client().resource(round)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"suspend\": %s}}".formatted(held));
    }

    /** Changes the spec of a round, so that its controller looks at it. */
    public void touch(ActiveLearningRound round) {
        suspend(round, !latest(round).getSpec().held());
    }

    /** Makes a quota that has no room for Jobs; as there is no controller, its figures are given. */
    public ResourceQuota allowNoJobs() {
        Map<String, Quantity> none = Map.of("count/jobs.batch", new Quantity("0"));
        ResourceQuota quota = client().resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withName("no-jobs")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withHard(none)
                        .endSpec()
                        .build())
                .create();
        client().resource(new ResourceQuotaBuilder(quota)
                        .withNewStatus()
                        .withHard(none)
                        .withUsed(none)
                        .endStatus()
                        .build())
                .updateStatus();
        await("the API server to know the quota").atMost(PATIENCE).until(this::refusesJobs);
        return quota;
    }

    private boolean refusesJobs() {
        try {
            client().resource(new JobBuilder()
                            .withNewMetadata()
                            .withName("probe")
                            .withNamespace(namespace)
                            .endMetadata()
                            .withNewSpec()
                            .withNewTemplate()
                            .withNewSpec()
                            .withRestartPolicy("Never")
                            .addNewContainer()
                            .withName("probe")
                            .withImage("probe")
                            .endContainer()
                            .endSpec()
                            .endTemplate()
                            .endSpec()
                            .build())
                    .dryRun()
                    .create();
            return false;
        } catch (KubernetesClientException e) {
            return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN;
        }
    }

    /** Deletes all Jobs, as their time to live does. */
    public void deleteJobs() {
        client().batch().v1().jobs().inNamespace(namespace).delete();
        await().atMost(PATIENCE).until(() -> jobs().isEmpty());
    }

    /** Fails unless there are no Jobs for a while. */
    public void staysWithoutJobs() {
        await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> jobs().isEmpty());
    }

    /** Fails unless a stage has no Jobs for a while. */
    public void staysWithoutJobs(Stage stage) {
        await().during(Duration.ofSeconds(2))
                .atMost(PATIENCE)
                .until(() -> jobs(stage).isEmpty());
    }

    /** Hands to play the kubelet and the Job controller with. */
    public Kubelet kubelet() {
        return new Kubelet(client(), s3, clock);
    }

    /** Lets all Jobs that run succeed. */
    public void succeedAll() {
        jobs().stream().filter(Cluster::runs).forEach(kubelet()::succeed);
    }

    /** False of a Job that has ended. */
    public static boolean runs(Job job) {
        return job.getStatus() == null || job.getStatus().getConditions().isEmpty();
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

    /** Waits until the experiment is ready, or not, for this reason. */
    public ActiveLearningExperiment awaitReason(ActiveLearningExperiment experiment, String reason) {
        return await("reason " + reason)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> latest(experiment), now -> reason.equals(ready(now).getReason()));
    }

    /** Changes the spec of an experiment, as a user does. */
    public void edit(ActiveLearningExperiment experiment, String spec) {
        client().resource(experiment).patch(PatchContext.of(PatchType.JSON_MERGE), Yaml.json("spec: " + spec));
    }

    /** Waits for a status. */
    public ActiveLearningRound awaitStatus(ActiveLearningRound round, Predicate<RoundStatus> expected) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> latest(round), now -> now.getStatus() != null && expected.test(now.getStatus()));
    }

    /** Waits until the status of a round tells of its first launch. */
    public void awaitLaunched(ActiveLearningRound round) {
        awaitStage(round, Stage.TRAIN, stage -> stage.attempt() != null);
    }

    /** Waits for what a round's status says of a stage. */
    public StageStatus awaitStage(ActiveLearningRound round, Stage stage, Predicate<StageStatus> expected) {
        int index = Stage.ROUND.indexOf(stage);
        return awaitStatus(
                        round,
                        status -> status.stages() != null
                                && expected.test(status.stages().get(index)))
                .getStatus()
                .stages()
                .get(index);
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

    /** The condition Ready; one without a reason while there is none. */
    public static Condition ready(ActiveLearningExperiment experiment) {
        return condition(
                experiment.getStatus() == null ? null : experiment.getStatus().conditions(), "Ready");
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

    /** Waits for an event; it is published after the status is written. */
    public void awaitEvent(HasMetadata about, String reason) {
        await("event " + reason)
                .atMost(PATIENCE)
                .until(() -> eventReasons(about).contains(reason));
    }

    /** Reasons of the events about a resource, in their order. */
    public List<String> eventReasons(HasMetadata about) {
        return events(about).stream().map(Event::getReason).toList();
    }

    /** The events about a resource, in their order. */
    public List<Event> events(HasMetadata about) {
        return client().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> about.getMetadata()
                        .getUid()
                        .equals(event.getInvolvedObject().getUid()))
                .sorted(Comparator.comparingLong(
                        (Event event) -> Long.parseLong(event.getMetadata().getResourceVersion())))
                .toList();
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable closeable : open.reversed()) {
            closeable.close();
        }
        // No operator of a later test shall meet this test's resources.
        client().resources(ActiveLearningExperiment.class)
                .inNamespace(namespace)
                .delete();
        client().resources(ActiveLearningRound.class).inNamespace(namespace).delete();
        client().resources(MultiViewDataset.class).inNamespace(namespace).delete();
        client().resources(RoundClass.class).withName(namespace).delete();
        client().resources(RoundClass.class).withName(namespace + "-other").delete();
        client().batch().v1().jobs().inNamespace(namespace).delete();
    }

    private static String label(Job job, String name) {
        return job.getMetadata().getLabels().getOrDefault(name, "");
    }
}
