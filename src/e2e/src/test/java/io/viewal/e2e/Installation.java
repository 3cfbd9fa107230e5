package io.viewal.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.SetBucketPolicyArgs;
import io.minio.UploadObjectArgs;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The product installed as the quickstart installs it: on the local cluster, with the chart and both images. Made once
 * for all tests; a cluster that was not running before is stopped again at the end.
 */
final class Installation implements BeforeAllCallback {

    private static final Pattern EXPORT = Pattern.compile("export (\\w+)=(\\S+)");
    private static final String BUCKET = "viewal";

    private Running running;

    /** What is shared by all test classes of this process. */
    private record Running(
            Shell shell,
            boolean ours,
            Map<String, String> environment,
            KubernetesClient client,
            MinioClient store,
            String workerImage,
            Map<String, Tenant> tenants)
            implements AutoCloseable {

        @Override
        public void close() throws Exception {
            store.close();
            client.close();
            if (ours) {
                shell.dev("cluster", "down");
            }
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running = context.getRoot()
                .getStore(Namespace.create(Installation.class))
                .getOrComputeIfAbsent(Running.class, key -> start(), Running.class);
    }

    private static Running start() {
        Shell shell = Shell.inRepository();
        boolean ours = shell.tryDev("cluster", "status").status() != 0;
        shell.dev("cluster", "up", "--gpus", "2");
        shell.dev("images", "--load");
        Map<String, String> environment = new HashMap<>(exports(shell.devOutput("cluster", "env")));
        Map<String, String> images = images(shell.root().resolve("target/images/env"));
        shell = shell.with(Map.of(
                "KUBECONFIG",
                environment.get("KUBECONFIG"),
                "PATH",
                shell.devOutput("cluster", "path").strip() + ":" + System.getenv("PATH")));
        List<String> install = new ArrayList<>(List.of(
                "operator",
                "--operator",
                images.get("VIEWAL_OPERATOR_IMAGE"),
                "--worker",
                images.get("VIEWAL_WORKER_IMAGE")));
        install.addAll(storeOptions(environment));
        shell.dev("install", install.toArray(String[]::new));
        Config config =
                Config.fromKubeconfig(Path.of(environment.get("KUBECONFIG")).toFile());
        KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build();
        return new Running(
                shell,
                ours,
                environment,
                client,
                store(environment),
                images.get("VIEWAL_WORKER_IMAGE"),
                new HashMap<>());
    }

    private static List<String> storeOptions(Map<String, String> environment) {
        return storeOptions(environment, environment.get("VIEWAL_STORE_CREDENTIALS"));
    }

    private static List<String> storeOptions(Map<String, String> environment, String credentials) {
        return List.of(
                "--s3-endpoint", environment.get("VIEWAL_STORE_ENDPOINT"),
                "--s3-endpoint-here", environment.get("VIEWAL_STORE_ENDPOINT_HOST"),
                "--s3-credentials", credentials);
    }

    private static Map<String, String> exports(String text) {
        Map<String, String> variables = new HashMap<>();
        Matcher matcher = EXPORT.matcher(text);
        while (matcher.find()) {
            variables.put(matcher.group(1), matcher.group(2));
        }
        return variables;
    }

    private static Map<String, String> images(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            Map<String, String> images = new HashMap<>();
            lines.map(line -> line.split("=", 2)).forEach(cells -> images.put(cells[0], cells[1]));
            return images;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MinioClient store(Map<String, String> environment) {
        return store(environment, Path.of(environment.get("VIEWAL_STORE_CREDENTIALS")));
    }

    private static MinioClient store(Map<String, String> environment, Path credentials) {
        return MinioClient.builder()
                .endpoint(environment.get("VIEWAL_STORE_ENDPOINT_HOST"))
                .credentials(text(credentials.resolve("accessKey")), text(credentials.resolve("secretKey")))
                .region("us-east-1")
                .build();
    }

    KubernetesClient client() {
        return running.client();
    }

    Shell shell() {
        return running.shell();
    }

    String bucket() {
        return BUCKET;
    }

    /** A client of the store with the keys of a folder. */
    MinioClient client(Path credentials) {
        return store(running.environment(), credentials);
    }

    void setBucketPolicy(String json) throws MinioException {
        running.store()
                .setBucketPolicy(SetBucketPolicyArgs.builder()
                        .bucket(BUCKET)
                        .config(json)
                        .build());
    }

    /** A fresh namespace with restricted pods and the store's credentials; one a name and run. */
    Tenant tenant(String name) {
        return tenant(name, Path.of(running.environment().get("VIEWAL_STORE_CREDENTIALS")));
    }

    /** The same with the credentials of a folder. */
    Tenant tenant(String name, Path credentials) {
        return running.tenants().computeIfAbsent(name, n -> {
            String namespace = "e2e-" + n + "-" + Long.toString(System.currentTimeMillis() % 1_000_000, 36);
            List<String> arguments = new ArrayList<>(List.of("tenant", namespace));
            arguments.addAll(storeOptions(running.environment(), credentials.toString()));
            running.shell().dev("install", arguments.toArray(String[]::new));
            return new Tenant(running.client(), namespace);
        });
    }

    /** A round class like the installed one, with another bucket or Secret. */
    String roundClass(String name, String bucket, String secret) {
        return """
                apiVersion: viewal.io/v1alpha1
                kind: RoundClass
                metadata: {name: %s}
                spec:
                  store: {endpoint: "%s", bucket: %s, credentialsSecretName: %s}
                  worker: {image: "%s"}
                """.formatted(
                name, running.environment().get("VIEWAL_STORE_ENDPOINT"), bucket, secret, running.workerImage());
    }

    /** The image of the example in {@code src/examples/own-trainer}, which the cluster then has. */
    String trainerImage() {
        running.shell().dev("trainer-image", "--load");
        return text(running.shell().root().resolve("target/images/own-trainer.name"));
    }

    /** The text of an artifact that a resource's status names. */
    byte[] artifact(JsonNode resource, String name) {
        String uri = resource.at("/status/artifacts/" + name + "/uri").asText();
        return read(uri.substring(("s3://" + BUCKET + "/").length()));
    }

    /** The content of an object. */
    byte[] read(String key) {
        try (InputStream in = running.store()
                .getObject(GetObjectArgs.builder().bucket(BUCKET).object(key).build())) {
            return in.readAllBytes();
        } catch (Exception e) {
            throw new IllegalStateException("Reading " + key, e);
        }
    }

    /** Keys below a prefix, sorted. */
    List<String> keys(String prefix) {
        try {
            List<String> keys = new ArrayList<>();
            for (var item : running.store()
                    .listObjects(ListObjectsArgs.builder()
                            .bucket(BUCKET)
                            .prefix(prefix)
                            .recursive(true)
                            .build())) {
                keys.add(item.get().objectName());
            }
            keys.sort(null);
            return keys;
        } catch (Exception e) {
            throw new IllegalStateException("Listing " + prefix, e);
        }
    }

    /** Writes an object. */
    void upload(String key, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        try {
            running.store()
                    .putObject(PutObjectArgs.builder()
                            .bucket(BUCKET)
                            .object(key)
                            .data(content, content.length)
                            .build());
        } catch (Exception e) {
            throw new IllegalStateException("Writing " + key, e);
        }
    }

    /** Writes all files of a folder below a prefix. */
    void uploadFolder(Path folder, String prefix) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                running.store()
                        .uploadObject(UploadObjectArgs.builder()
                                .bucket(BUCKET)
                                .object(prefix + "/" + folder.relativize(file))
                                .filename(file.toString())
                                .build());
            }
        } catch (Exception e) {
            throw new IllegalStateException("Writing " + folder, e);
        }
    }

    /** Names of the Jobs of a namespace. */
    List<String> jobs(Tenant tenant) {
        return running.client().batch().v1().jobs().inNamespace(tenant.namespace()).list().getItems().stream()
                .map(job -> job.getMetadata().getName())
                .sorted()
                .toList();
    }
}
