package io.viewal.operator.harness;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.KubeAPITestException;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real API server with the chart's CRDs. There are no controllers and no kubelet. */
public final class ApiServer implements AutoCloseable {

    private static final String VERSION = "1.37.2";
    private static final int MOST_TRIES = 3;
    private static final int STARTUP_MILLIS = 120_000;
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private final KubeAPIServer server;
    private final KubernetesClient admin;

    private ApiServer(KubeAPIServer server) {
        this.server = server;
        this.admin = new KubernetesClientBuilder().withConfig(config()).build();
    }

    /** Starts a server that has no CRDs. Its ports are free when they are chosen, and may be taken when it opens them. */
    public static ApiServer startBare() throws IOException {
        for (int tries = 1; ; tries++) {
            KubeAPIServer server = new KubeAPIServer(KubeAPIServerConfigBuilder.anAPIServerConfig()
                    .withTestDir(testDir().toString())
                    .withOfflineMode(true)
                    .withUpdateKubeConfig(false)
                    .withApiServerVersion(VERSION)
                    .withStartupTimeout(STARTUP_MILLIS)
                    .build());
            try {
                server.start();
                return new ApiServer(server);
            } catch (KubeAPITestException e) {
                server.stop();
                if (tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    static ApiServer start() throws IOException {
        ApiServer api = startBare();
        api.installCrds();
        return api;
    }

    /** Someone who may do everything. */
    public KubernetesClient admin() {
        return admin;
    }

    /** How to reach the server as that one. */
    public Config config() {
        return Config.fromKubeconfig(server.getKubeConfigYaml());
    }

    /** How to reach the server as a service account. */
    public Config configOf(String namespace, String serviceAccount) {
        TokenRequest request = new TokenRequestBuilder().withNewSpec().endSpec().build();
        String token = admin.serviceAccounts()
                .inNamespace(namespace)
                .withName(serviceAccount)
                .tokenRequest(request)
                .getStatus()
                .getToken();
        Config all = config();
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(all.getMasterUrl())
                .withCaCertData(all.getCaCertData())
                .withCaCertFile(all.getCaCertFile())
                .withOauthToken(token)
                .build();
    }

    /** The kubeconfig as YAML. */
    public String kubeconfig() {
        return server.getKubeConfigYaml();
    }

    @Override
    public void close() {
        admin.close();
        server.stop();
    }

    /** A folder of this run's own, as certificates are written there, with a link to the binaries. */
    private static Path testDir() throws IOException {
        Path binaries = Path.of(System.getProperty("viewal.cache"), "kube-api-test", "k8s");
        if (!Files.isDirectory(binaries.resolve(VERSION + "-linux-amd64"))) {
            throw new IllegalStateException(
                    "No API server in " + binaries + ": 'src/dev/cluster build' makes it (about 12 minutes, once)");
        }
        Path dir = Files.createTempDirectory(Path.of("target"), "kube-api-test");
        Files.createSymbolicLink(dir.resolve("k8s"), binaries);
        return dir.toAbsolutePath();
    }

    private void installCrds() {
        try (Stream<Path> files = Files.list(ROOT.resolve("helm/templates/crds"))) {
            files.forEach(this::install);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void install(Path template) {
        CustomResourceDefinition crd = Serialization.unmarshal(untemplated(template), CustomResourceDefinition.class);
        admin.resource(crd).create();
        awaitKind(crd);
    }

    /** Waits until the kinds of all CRDs are served. */
    public void awaitKinds() {
        admin.apiextensions().v1().customResourceDefinitions().list().getItems().forEach(this::awaitKind);
    }

    private void awaitKind(CustomResourceDefinition crd) {
        admin.resource(crd)
                .waitUntilCondition(
                        made -> made.getStatus() != null
                                && made.getStatus().getConditions() != null
                                && made.getStatus().getConditions().stream()
                                        .anyMatch(
                                                condition -> condition.getType().equals("Established")
                                                        && condition.getStatus().equals("True")),
                        30,
                        TimeUnit.SECONDS);
    }

    private static String untemplated(Path template) {
        try {
            return Files.readAllLines(template).stream()
                    .filter(line -> !line.contains("{{"))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
