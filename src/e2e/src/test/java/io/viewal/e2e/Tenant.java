package io.viewal.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A namespace of its own, and what a researcher does in it. */
final class Tenant {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> PLURALS = Map.of(
            "ActiveLearningExperiment", "activelearningexperiments",
            "ActiveLearningRound", "activelearningrounds",
            "MultiViewDataset", "multiviewdatasets",
            "RoundClass", "roundclasses");

    private static final Set<String> OF_THE_CLUSTER =
            Set.of("RoundClass", "PersistentVolume", "MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding");

    private final KubernetesClient client;
    private final String namespace;

    Tenant(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    String namespace() {
        return namespace;
    }

    /** {@code kubectl apply}, one or more documents. */
    void apply(String yaml) {
        for (HasMetadata resource : client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()) {
            if (!OF_THE_CLUSTER.contains(resource.getKind())) {
                resource.getMetadata().setNamespace(namespace);
            }
            client.resource(resource).forceConflicts().serverSideApply();
        }
    }

    /** The resource as it is now, as JSON. */
    JsonNode get(String kind, String name) {
        GenericKubernetesResource found = client.genericKubernetesResources(context(kind))
                .inNamespace(namespace)
                .withName(name)
                .get();
        return found == null ? JSON.nullNode() : JSON.valueToTree(found);
    }

    /** Waits until the round or data set is ready, and fails at once, with its message, when it stalls. */
    JsonNode awaitReady(String kind, String name, Duration limit) {
        JsonNode done = await(kind, name, limit, r -> isTrue(r, "Ready") || isTrue(r, "Stalled"));
        if (!isTrue(done, "Ready")) {
            throw new AssertionError(kind + " " + name + " stalled: " + condition(done, "Ready") + "\n" + podLogs());
        }
        return done;
    }

    /** Waits until the condition {@code Ready} is false with the reason, and returns the condition. */
    JsonNode awaitReason(String kind, String name, String reason, Duration limit) {
        JsonNode found = await(
                kind,
                name,
                limit,
                r -> reason.equals(condition(r, "Ready").path("reason").asText()));
        return condition(found, "Ready");
    }

    /** Waits until the resource fulfils the predicate. */
    JsonNode await(String kind, String name, Duration limit, Predicate<JsonNode> fulfilled) {
        try {
            return Awaitility.await(kind + " " + name)
                    .atMost(limit)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> get(kind, name), fulfilled);
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            throw new AssertionError(
                    kind + " " + name + " after " + limit + ": "
                            + get(kind, name).path("status").toPrettyString() + "\n" + podLogs(),
                    e);
        }
    }

    /** The condition of the type, or a missing node. */
    static JsonNode condition(JsonNode resource, String type) {
        for (JsonNode condition : resource.path("status").path("conditions")) {
            if (type.equals(condition.path("type").asText())) {
                return condition;
            }
        }
        return JSON.missingNode();
    }

    /** Attempts of all stages of a round. */
    static int attempts(JsonNode round) {
        int attempts = 0;
        for (JsonNode stage : round.at("/status/stages")) {
            attempts += stage.path("attempt").asInt();
        }
        return attempts;
    }

    static boolean isTrue(JsonNode resource, String type) {
        return "True".equals(condition(resource, type).path("status").asText());
    }

    /** Waits for an event about the resource; it is published after the status is written. */
    void awaitEvent(String name, String reason) {
        Awaitility.await("event " + reason + " of " + name)
                .atMost(Duration.ofSeconds(30))
                .until(() -> client.v1().events().inNamespace(namespace).list().getItems().stream()
                        .filter(event -> name.equals(event.getInvolvedObject().getName()))
                        .anyMatch(event -> reason.equals(event.getReason())));
    }

    /** Pods of a stage of a round or data set. */
    List<Pod> pods(String owner, String stage) {
        return client.pods().inNamespace(namespace).withLabel("viewal.io/stage", stage).list().getItems().stream()
                .filter(pod -> owner.equals(pod.getMetadata().getLabels().get("viewal.io/round"))
                        || owner.equals(pod.getMetadata().getLabels().get("viewal.io/dataset")))
                .toList();
    }

    /** Waits until a pod of one of the stages runs. */
    Pod awaitRunning(String owner, String... stages) {
        return Awaitility.await("a running pod of " + owner)
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> Stream.of(stages)
                                .flatMap(stage -> pods(owner, stage).stream())
                                .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** Waits until a stage has no pod any more. */
    void awaitGone(String owner, String stage) {
        Awaitility.await("no pod of " + stage + " of " + owner)
                .atMost(Duration.ofMinutes(2))
                .until(() -> pods(owner, stage).isEmpty());
    }

    /** What a pod has printed. */
    String log(Pod pod) {
        return client.pods()
                .inNamespace(namespace)
                .withName(pod.getMetadata().getName())
                .getLog();
    }

    /** The last lines of every pod's log, for a failed test's message. */
    private String podLogs() {
        StringBuilder logs = new StringBuilder();
        for (Pod pod : client.pods().inNamespace(namespace).list().getItems()) {
            logs.append("--- ")
                    .append(pod.getMetadata().getName())
                    .append(' ')
                    .append(pod.getStatus().getPhase())
                    .append('\n');
            try {
                logs.append(client.pods()
                        .inNamespace(namespace)
                        .withName(pod.getMetadata().getName())
                        .tailingLines(20)
                        .getLog());
            } catch (RuntimeException e) {
                logs.append("(no log: ").append(e.getMessage()).append(")\n");
            }
        }
        return logs.toString();
    }

    private static ResourceDefinitionContext context(String kind) {
        return new ResourceDefinitionContext.Builder()
                .withGroup("viewal.io")
                .withVersion("v1alpha1")
                .withKind(kind)
                .withPlural(PLURALS.get(kind))
                .withNamespaced(!"RoundClass".equals(kind))
                .build();
    }
}
