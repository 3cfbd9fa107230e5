package io.viewal.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.viewal.operator.harness.Cluster;
import io.viewal.operator.harness.DevProgram;
import io.viewal.operator.harness.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every example is one that the API server takes, with no field that it does not know. */
@ExtendWith(Servers.class)
class ExamplesIT {

    private static final Path EXAMPLES =
            Path.of("").toAbsolutePath().getParent().resolve("src/examples");

    private static final Path OVERLAYS = EXAMPLES.resolve("gitops/overlays");

    private static final Pattern DIVIDER = Pattern.compile("^---$", Pattern.MULTILINE);

    private static final Map<String, String> PLURALS = Map.of(
            "ActiveLearningExperiment", "namespaces/%s/activelearningexperiments",
            "ActiveLearningRound", "namespaces/%s/activelearningrounds",
            "MultiViewDataset", "namespaces/%s/multiviewdatasets",
            "RoundClass", "roundclasses");

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.startsWith(OVERLAYS.getParent()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isTakenByTheApiServer(Path example, Cluster cluster) throws IOException {
        assertTaken(Files.readString(example), cluster);
    }

    @ParameterizedTest
    @ValueSource(strings = {"trial", "full"})
    void isTakenByTheApiServerAsKustomizeMakesIt(String overlay, Cluster cluster) throws Exception {
        String kubectl = Path.of(System.getProperty("viewal.cache"), "tools", "bin", "kubectl")
                .toString();
        String made = new DevProgram(kubectl)
                .run("kustomize", OVERLAYS.resolve(overlay).toString());
        // Each overlay has a namespace of its own; here it is the test's.
        assertTaken(made.replace("namespace: viewal-" + overlay, "namespace: " + cluster.namespace()), cluster);
    }

    private static void assertTaken(String yaml, Cluster cluster) {
        List<String> documents = DIVIDER.splitAsStream(yaml).toList();
        for (String document : documents) {
            GenericKubernetesResource resource = Serialization.unmarshal(document, GenericKubernetesResource.class);
            String path = PLURALS.get(resource.getKind()).formatted(cluster.namespace());
            String answer = cluster.client()
                    .raw("/apis/viewal.io/v1alpha1/" + path + "?dryRun=All&fieldValidation=Strict", "POST", resource);
            assertThat(answer).contains(resource.getMetadata().getName());
        }
    }
}
