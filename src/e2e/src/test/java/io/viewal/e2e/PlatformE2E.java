package io.viewal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a platform does to rounds: quotas that refuse pods, sidecars that never end, an operator that is upgraded. */
class PlatformE2E {

    private static final String NAMESPACE = "viewal-system";
    private static final String ROUND = "ActiveLearningRound";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @RegisterExtension
    static final Installation VIEWAL = new Installation();

    private final Tenant tenant = VIEWAL.tenant("platform");

    @BeforeEach
    void prepare() {
        // Long before a round whose pods it is for: the API server takes a moment to know it.
        tenant.apply(sidecar(tenant.namespace(), "accompanied"));
        tenant.apply(Manifests.rooms("rooms"));
        tenant.awaitReady("MultiViewDataset", "rooms", PATIENCE);
    }

    @Test
    void aRoundWhosePodsAQuotaRefusesSaysSoAndGoesOnWhenItIsRaised() {
        tenant.apply(quota(0));
        tenant.apply(Manifests.training("bounded", "rooms"));
        JsonNode refused = tenant.awaitReason(ROUND, "bounded", "QuotaExceeded", Duration.ofMinutes(1));
        assertThat(refused.path("message").asText()).contains("exceeded quota", "pods=0");
        tenant.awaitEvent("bounded", "QuotaExceeded");
        tenant.apply(quota(100));
        assertThat(Tenant.attempts(tenant.awaitReady(ROUND, "bounded", PATIENCE)))
                .isEqualTo(1);
    }

    private static String quota(int pods) {
        return """
                apiVersion: v1
                kind: ResourceQuota
                metadata: {name: pods}
                spec: {hard: {pods: "%d"}}
                """.formatted(pods);
    }

    @Test
    void aSidecarThatNeverEndsHoldsNoRoundUp() {
        tenant.apply(Manifests.round("accompanied", "rooms").replace("seed: 7", "seed: 8"));
        assertThat(tenant.awaitRunning("accompanied", "train").getSpec().getContainers())
                .hasSize(2);
        JsonNode round = tenant.awaitReady(ROUND, "accompanied", PATIENCE);
        assertThat(Tenant.attempts(round)).as("each stage is done once").isEqualTo(4);
        tenant.awaitGone("accompanied", "train");
    }

    /** As a service mesh injects one, by a policy in the place of a webhook. */
    private static String sidecar(String namespace, String round) {
        return """
                apiVersion: admissionregistration.k8s.io/v1
                kind: MutatingAdmissionPolicy
                metadata: {name: sidecar}
                spec:
                  reinvocationPolicy: Never
                  matchConstraints:
                    namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: NAMESPACE}}
                    objectSelector: {matchLabels: {viewal.io/round: ROUND}}
                    resourceRules:
                      - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}
                  mutations:
                    - patchType: JSONPatch
                      jsonPatch:
                        expression: >
                          [JSONPatch{op: "add", path: "/spec/containers/-", value: Object.spec.containers{
                            name: "proxy", image: "viewal.internal/pause:1",
                            securityContext: Object.spec.containers.securityContext{
                              allowPrivilegeEscalation: false,
                              capabilities: Object.spec.containers.securityContext.capabilities{drop: ["ALL"]}}}}]
                ---
                apiVersion: admissionregistration.k8s.io/v1
                kind: MutatingAdmissionPolicyBinding
                metadata: {name: sidecar}
                spec: {policyName: sidecar}
                """.replace("NAMESPACE", namespace).replace("ROUND", round);
    }

    @Test
    void aRoundGoesOnWhenItsOperatorIsUpgradedInTheMiddle() {
        List<String> before = operators();
        tenant.apply(Manifests.round("upgraded", "rooms"));
        tenant.awaitRunning("upgraded", "train");
        String chart = VIEWAL.shell().root().resolve("helm").toString();
        VIEWAL.shell()
                .dev(
                        "cluster",
                        "helm",
                        "upgrade",
                        "viewal",
                        chart,
                        "--namespace",
                        NAMESPACE,
                        "--reuse-values",
                        "--set-string",
                        "podAnnotations.upgraded=" + System.currentTimeMillis(),
                        "--wait");
        assertThat(operators()).doesNotContainAnyElementsOf(before);
        JsonNode round = tenant.awaitReady(ROUND, "upgraded", PATIENCE);
        assertThat(Tenant.attempts(round)).as("each stage is done once").isEqualTo(4);
    }

    /** Uids of the operator's pods that are not on their way out. */
    private static List<String> operators() {
        return VIEWAL.client().pods().inNamespace(NAMESPACE).list().getItems().stream()
                .map(Pod::getMetadata)
                .filter(pod -> pod.getDeletionTimestamp() == null)
                .map(pod -> pod.getUid())
                .toList();
    }
}
