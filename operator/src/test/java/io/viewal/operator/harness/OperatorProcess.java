package io.viewal.operator.harness;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The operator as it is shipped: a process of its own, with the image's options. */
public final class OperatorProcess implements AutoCloseable {

    private static final List<String> OPTIONS = List.of("-Xmx112m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    private static final Path JAR =
            Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();

    private final long started = System.nanoTime();
    private final Process process;
    private final Path log;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    /** Starts it; what is not in the settings is as the program has it by itself. */
    public OperatorProcess(String kubeconfig, Map<String, String> settings) throws IOException {
        Path config = Files.createTempFile("operator", ".kubeconfig");
        Files.writeString(config, kubeconfig);
        log = Files.createTempFile("operator", ".log");
        port = freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(List.of("-jar", JAR.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(settings);
        builder.environment().put("KUBECONFIG", config.toString());
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        process = builder.start();
    }

    /** Waits until it says that it is ready. */
    public Duration awaitReady() throws InterruptedException {
        while (get("/q/health/ready").isEmpty()) {
            if (!process.isAlive()) {
                throw new IllegalStateException("The operator ended:\n" + log());
            }
            Thread.sleep(10);
        }
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** A page of its HTTP server; empty unless it answers 200. */
    public String get(String path) throws InterruptedException {
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? response.body() : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** Where its HTTP server listens, on this machine alone. */
    public int port() {
        return port;
    }

    /** Its resident memory in MiB. */
    public long residentMebibytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    /** Processor time that it has taken, all threads together. */
    public Duration processorTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** What it wrote. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Kills it as a crash does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Tells it to end as a kubelet does, and waits for its exit code. */
    public int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(15, TimeUnit.SECONDS)) {
            throw new IllegalStateException("It goes on:\n" + log());
        }
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(15, TimeUnit.SECONDS)) {
            kill();
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
