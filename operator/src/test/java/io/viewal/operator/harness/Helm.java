package io.viewal.operator.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs helm with the project's chart against an API server. */
public final class Helm {

    /** The release's namespace. */
    public static final String NAMESPACE = "viewal-system";

    private static final Path CHART = Path.of("").toAbsolutePath().getParent().resolve("helm");

    private final Path kubeconfig;

    public Helm(ApiServer api) throws IOException {
        kubeconfig = Files.createTempFile("viewal", ".kubeconfig");
        Files.writeString(kubeconfig, api.kubeconfig());
    }

    /** Installs or upgrades the release {@code viewal}. */
    public String upgrade(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("upgrade", "--install", "viewal", CHART.toString(), "--create-namespace"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** Goes back to a revision of the release. */
    public String rollback(int revision) throws IOException, InterruptedException {
        return run(List.of("rollback", "viewal", Integer.toString(revision)));
    }

    /** The chart's objects as YAML, as a cluster would get them that serves these kinds. */
    public String template(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("template", "viewal", CHART.toString(), "--kube-version", "1.37.2"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** Uninstalls the release. */
    public String uninstall() throws IOException, InterruptedException {
        return run(List.of("uninstall", "viewal"));
    }

    private String run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("viewal.cache"), "tools", "bin", "helm")
                .toString());
        command.addAll(arguments);
        command.addAll(List.of("--namespace", NAMESPACE, "--kubeconfig", kubeconfig.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + "\n" + output);
        }
        return output;
    }
}
