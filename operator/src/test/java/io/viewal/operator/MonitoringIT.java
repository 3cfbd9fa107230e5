package io.viewal.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.operator.harness.Cluster;
import io.viewal.operator.harness.DevProgram;
import io.viewal.operator.harness.Helm;
import io.viewal.operator.harness.OperatorProcess;
import io.viewal.operator.harness.Prometheus;
import io.viewal.operator.harness.Servers;
import io.viewal.operator.harness.Yaml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The chart's dashboard and rules, on a real Prometheus that scrapes the operator as it is shipped. */
@ExtendWith(Servers.class)
class MonitoringIT {

    private static final Path RULES = DevProgram.ROOT.resolve("helm/monitoring/rules.yaml");
    private static final Path DASHBOARD = DevProgram.ROOT.resolve("helm/monitoring/dashboard.json");
    private static final String RULES_TEST = "/io/viewal/operator/monitoring/rules-test.yaml";

    /** In the files, each metric has its braces, be they empty. */
    private static final Pattern METRIC = Pattern.compile("([a-z_]+)\\{");

    /** Lets the turns of one round fail, as none does by itself. */
    private static final String REFUSAL = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: {name: refuse-status}
            spec:
              failurePolicy: Fail
              matchConstraints:
                resourceRules:
                  - apiGroups: [viewal.io]
                    apiVersions: [v1alpha1]
                    operations: [UPDATE]
                    resources: [activelearningrounds/status]
              validations: [{expression: "object.metadata.name != 'refused'"}]
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicyBinding
            metadata: {name: refuse-status}
            spec: {policyName: refuse-status, validationActions: [Deny]}
            """;

    @Test
    void findsWhatDashboardAndRulesAskFor(Cluster cluster) throws Exception {
        try (OperatorProcess operator = new OperatorProcess(
                        cluster.api().kubeconfig(),
                        Map.of(
                                "VIEWAL_CREDENTIALS_DIR",
                                cluster.s3().credentials().toString()));
                Prometheus prometheus = new Prometheus(operator, RULES)) {
            operator.awaitReady();
            List<HasMetadata> refusal = refuseStatus(cluster);
            try {
                cluster.createClass();
                cluster.createReadyDataset();
                ActiveLearningRound round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
                cluster.finish(round);
                cluster.awaitReason(round, "Complete");
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(unanswered(prometheus)).isEmpty());
            } finally {
                refusal.forEach(object -> cluster.client().resource(object).delete());
            }
            for (String metric : metrics(Files.readString(RULES))) {
                assertThat(prometheus.knows(metric)).as(metric).isTrue();
            }
        }
    }

    private static List<HasMetadata> refuseStatus(Cluster cluster) {
        List<HasMetadata> made = cluster.client().load(input(REFUSAL)).create();
        // Of another seed, or the other round would wait for what it trains.
        cluster.create(
                ActiveLearningRound.class,
                Yaml.ROUND.replace("round-0", "refused").replace("seed: 7", "seed: 8"));
        return made;
    }

    private static List<String> unanswered(Prometheus prometheus) throws IOException, InterruptedException {
        List<String> unanswered = new ArrayList<>();
        for (JsonNode query : new ObjectMapper().readTree(DASHBOARD.toFile()).findValues("expr")) {
            String asked = query.asText()
                    .replace("$namespace", ".*")
                    .replace("$__rate_interval", "1m")
                    .replace("$__range", "1m");
            if (prometheus.count(asked) == 0) {
                unanswered.add(asked);
            }
        }
        return unanswered;
    }

    private static Set<String> metrics(String text) {
        return METRIC.matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void alertsWhenSomethingIsWrongAndOnlyThen(@TempDir Path dir) throws Exception {
        Files.copy(RULES, dir.resolve("rules.yaml"));
        Files.copy(getClass().getResourceAsStream(RULES_TEST), dir.resolve("rules-test.yaml"));
        DevProgram prometheus = new DevProgram("prometheus");
        prometheus.run("promtool", "check", "rules", RULES.toString());
        prometheus.run(
                "promtool", "test", "rules", dir.resolve("rules-test.yaml").toString());
    }

    @Test
    void tellsForEachAlertWhatToDo() throws IOException {
        assertThat(names("(?m)^### (Viewal\\w+)$", DevProgram.ROOT.resolve("src/site/monitoring.md")))
                .isEqualTo(names("- alert: (\\w+)", RULES));
    }

    private static List<String> names(String pattern, Path file) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(file))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    @Test
    void comesWithTheChartWhenItsValuesSayThat(Cluster cluster) throws Exception {
        Helm helm = new Helm(cluster.api());
        assertThat(helm.template()).doesNotContain("monitoring.coreos.com", "grafana_dashboard");
        String made = helm.template(
                "--show-only",
                "templates/monitoring.yaml",
                "--set",
                "metrics.serviceMonitor.create=true,metrics.rules.create=true,metrics.dashboard.create=true");
        Map<String, HasMetadata> objects = cluster.client().load(input(made)).items().stream()
                .collect(Collectors.toMap(HasMetadata::getKind, object -> object));
        assertThat(objects).containsOnlyKeys("ServiceMonitor", "PrometheusRule", "ConfigMap");
        assertThat(((GenericKubernetesResource) objects.get("PrometheusRule")).<Object>get("spec"))
                .isEqualTo(Serialization.unmarshal(Files.readString(RULES), Map.class));
        assertThat(((ConfigMap) objects.get("ConfigMap")).getData())
                .containsEntry("viewal-operator.json", Files.readString(DASHBOARD));
    }

    private static InputStream input(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
