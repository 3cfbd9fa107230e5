package io.viewal.operator.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real Prometheus that scrapes one operator. */
public final class Prometheus implements AutoCloseable {

    private static final String CONFIG = """
            global: {scrape_interval: 500ms, evaluation_interval: 1s}
            rule_files: ["RULES"]
            scrape_configs:
              - job_name: operator
                metrics_path: /q/metrics
                static_configs: [{targets: ["127.0.0.1:PORT"], labels: {namespace: viewal-system}}]
            """;

    private final int port = OperatorProcess.freePort();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final Process process;

    public Prometheus(OperatorProcess operator, Path rules) throws IOException {
        Path dir = Files.createTempDirectory("prometheus");
        Path config = Files.writeString(
                dir.resolve("prometheus.yml"),
                CONFIG.replace("RULES", rules.toString()).replace("PORT", Integer.toString(operator.port())));
        process = new DevProgram("prometheus")
                .builder(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + dir.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectOutput(dir.resolve("log").toFile())
                .start();
    }

    /** How many series a query finds now; none while the server starts. */
    public int count(String query) throws InterruptedException {
        return api("query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
                .path("result")
                .size();
    }

    /** True when a metric of this name was scraped. */
    public boolean knows(String metric) throws InterruptedException {
        return count("last_over_time(%s[10m])".formatted(metric)) > 0;
    }

    private JsonNode api(String path) throws InterruptedException {
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            JsonNode answer = json.readTree(response.body());
            if (answer.path("status").asText().equals("error")) {
                throw new IllegalStateException(
                        path + ": " + answer.path("error").asText());
            }
            return answer.path("data");
        } catch (IOException e) {
            return json.missingNode();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
