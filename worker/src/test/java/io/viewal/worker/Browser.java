package io.viewal.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real browser without a window that is used as a person uses it, by Chromium's DevTools protocol. */
public final class Browser implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern LISTENING = Pattern.compile("ws://127\\.0\\.0\\.1:(\\d+)/");
    private static final int SHIFT = 8;
    private static final Map<String, Integer> KEY_CODES = Map.of(
            "Enter",
            13,
            "Backspace",
            8,
            "Escape",
            27,
            " ",
            32,
            "ArrowLeft",
            37,
            "ArrowUp",
            38,
            "ArrowRight",
            39,
            "ArrowDown",
            40);

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> replies = new ConcurrentHashMap<>();
    private final WebSocket socket;

    /**
     * Starts it; the test is skipped, saying so, where there is none.
     *
     * @param scratch an empty folder
     */
    public Browser(Path scratch, int width, int height) throws IOException, InterruptedException {
        Path log = scratch.resolve("browser.log");
        process = Chromium.start(
                scratch, log, "--remote-debugging-port=0", "--window-size=" + width + "," + height, "about:blank");
        Matcher port = LISTENING.matcher("");
        for (Instant end = Instant.now().plus(PATIENCE);
                !port.reset(Files.readString(log)).find();
                Thread.sleep(20)) {
            if (Instant.now().isAfter(end)) {
                throw new IOException("Chromium does not listen: " + Files.readString(log));
            }
        }
        URI targets = URI.create("http://127.0.0.1:" + port.group(1) + "/json/list");
        String list = http.send(HttpRequest.newBuilder(targets).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        String address = "";
        for (JsonNode target : JSON.readTree(list)) {
            address = target.path("type").asText().equals("page")
                    ? target.path("webSocketDebuggerUrl").asText()
                    : address;
        }
        socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(address), new Replies())
                .join();
    }

    private final class Replies implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                try {
                    JsonNode message = JSON.readTree(text.toString());
                    if (message.has("id")) {
                        replies.remove(message.get("id").asInt()).complete(message);
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        int id = calls.incrementAndGet();
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        CompletableFuture<JsonNode> reply = new CompletableFuture<>();
        replies.put(id, reply);
        socket.sendText(message.toString(), true);
        JsonNode answer =
                reply.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        if (answer.has("error")) {
            throw new IllegalStateException(method + ": " + answer.get("error"));
        }
        return answer.path("result");
    }

    /** Opens a page. */
    public void open(String address) {
        call("Page.navigate", Map.of("url", address));
    }

    /** The value of an expression in the page; promises are waited for. */
    public JsonNode evaluate(String expression) {
        JsonNode result =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + result.get("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /** Waits until an expression is true in the page. */
    public void await(String condition) throws InterruptedException {
        for (Instant end = Instant.now().plus(PATIENCE);
                !evaluate("Boolean(" + condition + ")").asBoolean();
                Thread.sleep(20)) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("Never true: " + condition + "; the page says "
                        + evaluate("document.body.innerText").asText());
            }
        }
    }

    /** Presses a key, {@code Enter} or {@code a}; a capital letter with the shift key. */
    public void press(String key) {
        boolean letter = key.length() == 1;
        boolean shift = letter && Character.isUpperCase(key.charAt(0));
        int code = KEY_CODES.getOrDefault(key, letter ? (int) Character.toUpperCase(key.charAt(0)) : 0);
        String text = letter ? key : key.equals("Enter") ? "\r" : "";
        for (String type : new String[] {text.isEmpty() ? "rawKeyDown" : "keyDown", "keyUp"}) {
            call(
                    "Input.dispatchKeyEvent",
                    Map.of(
                            "type", type,
                            "key", key,
                            "text", type.equals("keyDown") ? text : "",
                            "modifiers", shift ? SHIFT : 0,
                            "windowsVirtualKeyCode", code));
        }
    }

    /** Lets the page believe in a size of the window and dark or light colours. */
    public void look(int width, int height, String scheme) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", new Object[] {Map.of("name", "prefers-color-scheme", "value", scheme)}));
    }

    /** Takes a picture of what is seen. */
    public void screenshot(Path png) throws IOException {
        Files.createDirectories(png.getParent());
        Files.write(
                png,
                Base64.getDecoder()
                        .decode(call("Page.captureScreenshot", Map.of())
                                .path("data")
                                .asText()));
    }

    @Override
    public void close() {
        socket.abort();
        Chromium.stop(process);
        http.close();
    }
}
