package io.viewal.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.contract.ContractJson;
import io.viewal.operator.harness.Cluster;
import io.viewal.operator.harness.DevProgram;
import io.viewal.operator.harness.S3Server;
import io.viewal.operator.harness.Servers;
import io.viewal.operator.harness.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The kubectl plug-in as it is built, on what the operator writes. */
@ExtendWith(Servers.class)
class KubectlPluginIT {

    @TempDir
    static Path dir;

    private static DevProgram plugin;

    @BeforeAll
    static void build() throws Exception {
        new DevProgram("go").run("-C", "src/kubectl", "test", "./...");
        new DevProgram("kubectl-plugin").run("--out", dir.toString());
        plugin = new DevProgram(dir.resolve("kubectl-viewal").toString());
    }

    private static String viewal(Cluster cluster, String... arguments) throws IOException, InterruptedException {
        Path kubeconfig =
                Files.writeString(dir.resolve("kubeconfig"), cluster.api().kubeconfig());
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--kubeconfig", kubeconfig.toString(), "--namespace", cluster.namespace()));
        return plugin.run(all.toArray(String[]::new));
    }

    @Test
    void showsRoundsAsPeopleAskForThem(Cluster cluster) throws Exception {
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        ActiveLearningRound round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        cluster.finish(round);
        cluster.awaitReason(round, "Complete");
        ActiveLearningRound next = cluster.create(
                ActiveLearningRound.class,
                Yaml.ROUND.replace("round-0", "round-1").replace("dataset: rooms", "dataset: halls"));
        cluster.awaitReason(next, "DatasetNotFound");

        assertThat(viewal(cluster, "tree"))
                .containsPattern("round/round-0 +Complete +mIoU 0.3457, trained on 12.5 %, labeled now 37.5 %")
                .containsPattern("├─ train +Complete +job/round-0-train-1-")
                .containsPattern("└─ label +Complete +job/round-0-label-1-")
                .containsPattern("round/round-1 +Progressing ")
                .containsPattern("dataset/rooms +Complete ")
                .doesNotContain("\033");
        assertThat(viewal(cluster, "why", "round-1"))
                .contains("round/round-1 is Progressing since ", "  DatasetNotFound: ", "'halls'");
        JsonNode compared = new ObjectMapper().readTree(viewal(cluster, "compare", "round-0", "-o", "json"));
        assertThat(compared.path(0).path("clicks").asInt()).isEqualTo(40);
        assertThat(viewal(cluster, "watch", "round-0")).contains("round/round-0  Complete");
        assertThatThrownBy(() -> viewal(cluster, "tree", "nothing"))
                .hasMessageContaining(
                        "no 'nothing' in namespace '" + cluster.namespace() + "': there are round/round-0");
        // There is no kubelet that has made pods.
        assertThatThrownBy(() -> viewal(cluster, "logs", "round-0", "train"))
                .hasMessageContaining("round/round-0 has no pod of stage train");
        fetchesThePage(cluster, round);
    }

    private static void fetchesThePage(Cluster cluster, ActiveLearningRound round) throws Exception {
        byte[] page = "<html>A page</html>".getBytes(StandardCharsets.UTF_8);
        cluster.s3().put("pages/page.html", page);
        tellOfThePage(cluster, round, ContractJson.sha256(page));
        Path file = dir.resolve("page.html");
        String[] report = {
            "report",
            "round-0",
            "--out",
            file.toString(),
            "--credentials",
            credentials(cluster).toString()
        };
        assertThat(viewal(cluster, report)).contains(file.toString());
        assertThat(file).hasBinaryContent(page);
        tellOfThePage(cluster, round, ContractJson.sha256(new byte[0]));
        assertThatThrownBy(() -> viewal(cluster, report)).hasMessageContaining("its SHA-256 is another");
    }

    private static Path credentials(Cluster cluster) {
        return cluster.s3().credentials().resolve(S3Server.SECRET);
    }

    private static void tellOfThePage(Cluster cluster, ActiveLearningRound round, String sha256) {
        cluster.client()
                .resource(round)
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        Yaml.json("status: {artifacts: {page: {uri: \"s3://%s/pages/page.html\", sha256: \"%s\"}}}"
                                .formatted(S3Server.BUCKET, sha256)));
    }
}
