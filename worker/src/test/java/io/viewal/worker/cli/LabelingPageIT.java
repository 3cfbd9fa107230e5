package io.viewal.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.viewal.contract.ContractJson;
import io.viewal.contract.ExitCode;
import io.viewal.contract.Metric;
import io.viewal.contract.StageResult;
import io.viewal.worker.Browser;
import io.viewal.worker.artifact.AnsweredRegion;
import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.dataset.check.SceneFolders;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A round that people label, from {@code viewal run} over the page to the labels. */
class LabelingPageIT {

    private static final String ROUND = """
            kind: MultiViewDataset
            metadata: {name: rooms}
            spec:
              source: {synthetic: {scenes: 3, framesPerScene: 4, seed: 1}}
              width: 160
              height: 120
              seedSet: {frames: 1, seed: 1}
            ---
            kind: ActiveLearningRound
            metadata: {name: asked}
            spec:
              dataset: rooms
              training: {epochs: 1, batchSize: 2}
              scoring: {passes: 2}
              selection: {budget: {amount: 6, unit: Regions}}
              labeling: {oracle: Annotators}
            ---
            kind: ActiveLearningRound
            metadata: {name: next}
            spec:
              dataset: rooms
              previousRound: asked
              training: {epochs: 1, batchSize: 2}
              scoring: {passes: 2}
              selection: {budget: {amount: 3, unit: Regions}}
            """;

    private static final ImageSize SIZE = new ImageSize(160, 120);
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/");
    private static final String SESSION = "session-1";

    @TempDir
    static Path shared;

    @TempDir
    Path temp;

    private static Path sharedRounds;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Thread> pages = new ArrayList<>();
    private Path rounds;
    private Path store;

    @BeforeAll
    static void aRoundComesToItsLabels() throws IOException {
        sharedRounds = Files.writeString(shared.resolve("rounds.yaml"), ROUND);
        StringWriter out = new StringWriter();
        assertThat(run(out, sharedRounds, shared.resolve("store")))
                .as(out::toString)
                .isEqualTo(ExitCode.AWAITING_ANSWERS);
        assertThat(out.toString())
                .contains("round asked waits for people, 0 of 6 regions are answered: viewal label --round "
                        + sharedRounds)
                .contains("round next waits for round asked");
    }

    @BeforeEach
    void aStoreOfItsOwn() throws IOException {
        rounds = sharedRounds;
        store = temp.resolve("store");
        try (Stream<Path> files = Files.walk(shared.resolve("store"))) {
            for (Path file : files.toList()) {
                Files.copy(file, store.resolve(shared.resolve("store").relativize(file)));
            }
        }
    }

    @AfterEach
    void close() throws InterruptedException {
        for (Thread page : pages) {
            page.interrupt();
            page.join();
        }
        http.close();
    }

    private int run(StringWriter out, Path store) {
        return run(out, rounds, store);
    }

    private static int run(StringWriter out, Path rounds, Path store) {
        return execute(out, "run", "--round", rounds.toString(), "--store", "dir:" + store);
    }

    private static int execute(StringWriter out, String... arguments) {
        return ViewalCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(arguments);
    }

    /** Opens the page and returns its address. */
    private String page() throws InterruptedException {
        StringWriter out = new StringWriter();
        pages.add(Thread.ofPlatform()
                .start(() ->
                        execute(out, "label", "--round", rounds.toString(), "--store", "dir:" + store, "--port", "0")));
        Matcher address = ADDRESS.matcher("");
        for (Instant end = Instant.now().plus(Duration.ofSeconds(60));
                !address.reset(out.toString()).find();
                Thread.sleep(20)) {
            assertThat(Instant.now()).as(out::toString).isBefore(end);
        }
        return address.group();
    }

    private HttpResponse<String> get(String address, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
        return http.send(
                (headers.length > 0 ? request.headers(headers) : request).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String address, String json, String... headers) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .headers(headers)
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private String token(String address) throws Exception {
        Matcher token = Pattern.compile("viewal-token\" content=\"([^\"]+)")
                .matcher(get(address).body());
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    private String[] own(String address) throws Exception {
        return new String[] {"X-Viewal-Token", token(address), "Content-Type", "application/json"};
    }

    private JsonNode next(String address, String session, int count) throws Exception {
        HttpResponse<String> response = post(
                address + "api/next", "{\"session\": \"" + session + "\", \"count\": " + count + "}", own(address));
        assertThat(response.statusCode()).as(response::body).isEqualTo(200);
        return ContractJson.mapper().readTree(response.body());
    }

    private String said(JsonNode region, String id, Map<String, ?> given) {
        Map<String, Object> said = new HashMap<>(Map.of(
                "id",
                id,
                "session",
                SESSION,
                "annotator",
                "Ada",
                "digest",
                region.get("digest").asText(),
                "imageDigest",
                region.get("imageDigest").asText(),
                "clicks",
                1,
                "seconds",
                2.5));
        said.putAll(given);
        return new String(ContractJson.toBytes(said), StandardCharsets.UTF_8);
    }

    private List<Path> answers() throws IOException {
        try (Stream<Path> files = Files.walk(store)) {
            return files.filter(file -> file.toString().contains("/answers/") && Files.isRegularFile(file))
                    .toList();
        }
    }

    private StageResult result() throws IOException {
        try (Stream<Path> files = Files.walk(store)) {
            for (Path file : files.filter(f -> f.toString().matches(".*/results/label/[^/]*/result\\.json"))
                    .toList()) {
                StageResult result = ContractJson.read(Files.readAllBytes(file), StageResult.class);
                if (result.madeBy().name().equals("asked")) {
                    return result;
                }
            }
            throw new AssertionError("the round has no labels");
        }
    }

    @Test
    void aPersonLabelsARoundByKeysAloneAndItGoesOn() throws Exception {
        String address = page();
        Path pictures = Path.of("target/labeling-page");
        try (Browser browser = new Browser(Files.createDirectories(temp.resolve("browser")), 1280, 860)) {
            browser.look(1280, 860, "light");
            browser.open(address);
            browser.await("document.querySelector('#name-dialog')?.open && document.body.dataset.ready");
            "Ada".chars().forEach(letter -> browser.press(Character.toString(letter)));
            browser.screenshot(pictures.resolve("name.png"));
            browser.press("Enter");
            browser.await("document.querySelectorAll('#views figure').length > 0");
            browser.screenshot(pictures.resolve("light.png"));
            browser.press("Enter");
            browser.await(count(1));

            browser.press("w");
            browser.await(count(2));

            browser.press("S");
            browser.await("document.querySelector('#skip-dialog').open");
            browser.screenshot(pictures.resolve("skip.png"));
            browser.press("2");
            browser.await(count(3));

            browser.press("M");
            browser.press("w");
            browser.press("f");
            for (String key : List.of(" ", "ArrowRight", " ", "ArrowRight", " ", "ArrowDown", " ")) {
                browser.press(key);
            }
            browser.look(1280, 860, "dark");
            browser.screenshot(pictures.resolve("painting-dark.png"));
            browser.press("Enter");
            browser.await(count(4));

            browser.press("Enter");
            browser.await(count(5));
            browser.press("Backspace");
            browser.await(count(4));
            browser.press("/");
            "bed".chars().forEach(letter -> browser.press(Character.toString(letter)));
            // As large as a window of twice the size at 200 %.
            browser.look(640, 900, "dark");
            browser.screenshot(pictures.resolve("search-200.png"));
            browser.look(1280, 860, "light");
            browser.press("Enter");
            browser.await(count(5));

            browser.press("c");
            browser.await("document.querySelector('#done-title').textContent === 'All regions are answered'");
            browser.press("R");
            browser.await("document.querySelectorAll('#answered button').length === 6");
            browser.screenshot(pictures.resolve("review.png"));
            assertThat(browser.evaluate("document.querySelector('#notice').hidden")
                            .asBoolean())
                    .isTrue();
        }

        StringWriter out = new StringWriter();
        assertThat(run(out, store)).as(out::toString).isEqualTo(ExitCode.OK);
        StageResult label = result();
        assertThat(label.metrics())
                .containsEntry(Metric.REGIONS, 5.0)
                .containsEntry(Metric.SKIPPED_REGIONS, 1.0)
                .containsEntry(Metric.ANNOTATORS, 1.0);
        assertThat(label.metrics().get(Metric.ANSWER_SECONDS)).isPositive();
        LabelSet labels =
                LabelSet.read(store.resolve(label.artifacts().get("labels").key()), SIZE);
        assertThat(labels.answers())
                .hasSize(6)
                .allSatisfy(a -> assertThat(a.annotator()).isEqualTo("Ada"));
        assertThat(labels.answers())
                .extracting(AnsweredRegion::answer)
                .contains("OneClass wall", "Skipped NoClass", "OneClass bed");
        assertThat(labels.answers()).anySatisfy(a -> assertThat(a.answer()).startsWith("Painted "));
        assertThat(store.resolve(label.artifacts().get("page").key())).content().contains("Answered by", "1 annotator");
    }

    private static String count(int answered) {
        return "document.querySelector('#count').textContent === '" + answered + " of 6 regions'";
    }

    /** The page of a stranger tries what a page can try without the other's consent. */
    @Test
    void aForeignPageCanNotMakeABrowserAnswer() throws Exception {
        String address = page();
        JsonNode region = next(address, SESSION, 1).get("regions").get(0);
        String said = said(region, "foreign-answer", Map.of("kind", "OneClass", "label", "bed"));
        HttpServer stranger = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String html = """
                <iframe id=frame src="%1$s"></iframe>
                <form id=form method=post enctype="text/plain" target=_blank action="%1$sapi/answers">
                  <input name='%2$s' value=''></form>
                <script>
                const tries = [
                  fetch("%1$sapi/answers", {method: "POST", mode: "no-cors", body: JSON.stringify(%2$s)}),
                  fetch("%1$sapi/answers", {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(%2$s)}),
                  fetch("%1$sapi/round").then(response => response.text()),
                  fetch("%1$s").then(response => response.text())];
                form.submit();
                Promise.allSettled(tries).then(all => document.title = all.map(one => one.status).join(" "));
                </script>""".formatted(address, said.replace("'", "&#39;"));
        stranger.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(html.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        stranger.start();
        try (Browser browser = new Browser(Files.createDirectories(temp.resolve("browser")), 800, 600)) {
            browser.open("http://127.0.0.1:" + stranger.getAddress().getPort() + "/");
            browser.await("document.title.includes(' ')");
            assertThat(browser.evaluate("document.title").asText()).endsWith("rejected rejected rejected");
            assertThat(browser.evaluate("frames[0].document?.body?.innerText ?? ''")
                            .asText())
                    .isEmpty();
        } catch (IllegalStateException e) {
            // Reading a frame of another origin is an error, as it should be.
            assertThat(e).hasMessageContaining("cross-origin");
        } finally {
            stranger.stop(0);
        }
        assertThat(answers()).isEmpty();
    }

    @Test
    void onlyThePageItselfMaySpeakToItsServer() throws Exception {
        String address = page();
        JsonNode region = next(address, SESSION, 1).get("regions").get(0);
        String said = said(region, "answer-01", Map.of("kind", "OneClass", "label", "bed"));
        String[] own = own(address);
        String answersAddress = address + "api/answers";
        assertThat(post(answersAddress, said, "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(403);
        assertThat(post(answersAddress, said, own[0], own[1], "Content-Type", "text/plain")
                        .statusCode())
                .isEqualTo(403);
        assertThat(post(answersAddress, said, own[0], own[1], own[2], own[3], "Origin", "http://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(post(answersAddress, said, own[0], own[1], own[2], own[3], "Sec-Fetch-Site", "same-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(get(answersAddress, own[0], own[1]).statusCode()).isEqualTo(405);
        assertThat(raw(address, "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n")).startsWith("HTTP/1.1 403");
        for (String path : List.of(
                "/../label.html", "/images/../../label.js", "/images/0/99.png", "/images/9/0.png", "/%2e%2e/x")) {
            assertThat(raw(address, "GET " + path + " HTTP/1.1\r\nHost: localhost:1\r\n\r\n"))
                    .startsWith("HTTP/1.1 404");
        }
        assertThat(answers()).isEmpty();
        HttpResponse<String> page = get(address);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("frame-ancestors 'none'", "script-src 'self'");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(get(address + "images/0/0.png").headers().firstValue("Content-Type"))
                .hasValue("image/png");
    }

    private static String raw(String address, String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), URI.create(address).getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void twoTabsNeverHaveTheSameRegionAndWhatIsSaidTwiceCountsOnce() throws Exception {
        String address = page();
        JsonNode mine = next(address, SESSION, 3).get("regions");
        JsonNode other = next(address, "session-2", 5).get("regions");
        assertThat(mine.findValuesAsText("digest"))
                .hasSize(3)
                .doesNotContainAnyElementsOf(other.findValuesAsText("digest"));
        assertThat(other).hasSize(3);
        assertThat(next(address, SESSION, 3).get("regions")).isEqualTo(mine);

        String said = said(mine.get(0), "answer-01", Map.of("kind", "OneClass", "label", "bed"));
        assertThat(post(address + "api/answers", said, own(address)).body()).contains("\"answered\":1");
        assertThat(post(address + "api/answers", said, own(address)).body()).contains("\"answered\":1");
        assertThat(answers()).hasSize(1);
        // Another server on the same store finds it, and a tab of before the restart is told to load the page again.
        String again = page();
        assertThat(next(again, SESSION, 5).at("/progress/answered").asInt()).isEqualTo(1);
        assertThat(post(again + "api/answers", said, own(address)).statusCode()).isEqualTo(403);
    }

    @Test
    void whatIsNoAnswerIsRefusedInASentence() throws Exception {
        String address = page();
        JsonNode region = next(address, SESSION, 1).get("regions").get(0);
        assertRefused(
                address,
                said(region, "answer-01", Map.of("kind", "OneClass", "label", "sofa bed")),
                "no class 'sofa bed'");
        assertRefused(
                address,
                said(region, "answer-02", Map.of("kind", "Painted", "runs", List.of(List.of(0, 1)))),
                "not those of the region");
        assertRefused(
                address,
                said(region, "answer-03", Map.of("kind", "Painted", "runs", List.of(List.of(99, 1)))),
                "no class 99");
        assertRefused(address, said(region, "answer-04", Map.of("kind", "Skipped")), "for a reason");
        assertRefused(address, said(region, "answer-05", Map.of("kind", "Guessed")), "no kind of answer");
        assertRefused(
                address,
                said(region, "answer-06", Map.of("kind", "Withdrawn", "imageDigest", "0".repeat(64))),
                "another image");
        assertRefused(address, said(region, "answer-07", Map.of("kind", "Withdrawn", "seconds", -1)), "takes no");
        assertRefused(
                address, said(region, "answer-08", Map.of("kind", "Withdrawn", "annotator", " ")), "name is empty");
        assertRefused(address, "{", "no answer of this page");
        HttpResponse<String> foreign = post(
                address + "api/answers",
                said(region, "answer-09", Map.of("kind", "Withdrawn", "digest", "0".repeat(64))),
                own(address));
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(foreign.body()).contains("does not ask about that region");
        assertThat(answers()).isEmpty();
    }

    private void assertRefused(String address, String said, String why) throws Exception {
        HttpResponse<String> response = post(address + "api/answers", said, own(address));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains(why);
    }

    @Test
    void scansWithoutAnyLabelBeginWithARoundOfPeopleAndTrainOnTheirLabels() throws Exception {
        Path scans = temp.resolve("scans");
        for (int seed = 1; seed <= 3; seed++) {
            Path transforms = SceneFolders.synthetic(scans, 2, seed).resolve("transforms.json");
            JsonNode scene = ContractJson.mapper().readTree(transforms.toFile());
            scene.path("frames").forEach(frame -> ((ObjectNode) frame).remove("label_path"));
            ContractJson.mapper().writeValue(transforms.toFile(), scene);
        }
        String declared = ROUND.replace(
                        "synthetic: {scenes: 3, framesPerScene: 4, seed: 1}", "uri: 'dir:" + scans + "'")
                .replace("width: 160", "width: 80")
                .replace("height: 120", "height: 60")
                .replace("seedSet: {frames: 1, seed: 1}", "")
                .replaceFirst("training", "strategy: RandomRegions\n  training")
                .replaceAll("labeling: .*", "labeling: {oracle: Annotators}")
                .replace("amount: 3, unit: Regions}}", "amount: 3, unit: Regions}}\n  labeling: {oracle: Annotators}");
        rounds = Files.writeString(temp.resolve("scans.yaml"), declared);
        store = temp.resolve("scans-store");
        StringWriter out = new StringWriter();
        assertThat(run(out, store)).as(out::toString).isEqualTo(ExitCode.AWAITING_ANSWERS);
        String address = page();
        int answered = 0;
        for (JsonNode regions = next(address, SESSION, 5).get("regions"); !regions.isEmpty(); ) {
            for (JsonNode region : regions) {
                assertThat(region.get("guess").asInt()).isEqualTo(VoidLabel.ID);
                String label = answered % 2 == 0 ? "wall" : "floor";
                String said =
                        said(region, "answer-%02d".formatted(answered++), Map.of("kind", "OneClass", "label", label));
                assertThat(post(address + "api/answers", said, own(address)).statusCode())
                        .isEqualTo(200);
            }
            regions = next(address, SESSION, 5).get("regions");
        }
        assertThat(run(out, store)).as(out::toString).isEqualTo(ExitCode.AWAITING_ANSWERS);
        assertThat(result().metrics()).containsEntry(Metric.REGIONS, 6.0);
        assertThat(out.toString()).contains("round next waits for people, 0 of 3 regions are answered");
    }

    @Test
    void thePageOfARoundThatHasNotComeToItsLabelsSaysWhatComesFirst() {
        StringWriter out = new StringWriter();
        assertThat(execute(out, "label", "--round", rounds.toString(), "--store", "dir:" + temp.resolve("empty")))
                .isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(out.toString()).contains("names the data set 'rooms'", "neither in the file nor prepared");
        assertThat(execute(out, "label", "--round", rounds.toString(), "--store", "dir:" + store, "--name", "next"))
                .isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(out.toString()).contains("is labeled by ground truth");
    }
}
