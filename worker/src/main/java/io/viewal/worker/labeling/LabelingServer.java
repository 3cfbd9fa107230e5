package io.viewal.worker.labeling;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.viewal.contract.ContractJson;
import io.viewal.worker.stage.OpenRound;
import io.viewal.worker.store.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves the labeling page of a round on this machine's loopback.
 *
 * <pre>
 * GET  /                          the page; /label.js and so on are what it is made of
 * GET  /images/&lt;scene&gt;/&lt;frame&gt;.png   a frame
 * GET  /api/round                 classes and progress
 * POST /api/next                  the next regions of a tab
 * GET  /api/views/&lt;region&gt;         the same surface in other views
 * GET  /api/answered              the newest answers
 * POST /api/answers               an answer
 * </pre>
 */
public final class LabelingServer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LabelingServer.class.getName());

    private static final Pattern FILE = Pattern.compile("/([a-z]+)\\.(js|css)");
    private static final Pattern IMAGE = Pattern.compile("/images/(\\d{1,6})/(\\d{1,6})\\.png");
    private static final Pattern VIEWS = Pattern.compile("/api/views/([0-9a-f]{64})");
    private static final int MOST_BYTES = 4 << 20;
    private static final int OK = 200;
    private static final int BROKEN = 500;
    private static final int STORE_UNAVAILABLE = 503;

    private final LabelingTalk talk;
    private final RequestGuard guard = new RequestGuard();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    private LabelingServer(OpenRound round, int port, Clock clock, Consumer<Boolean> listener) throws IOException {
        this.talk = new LabelingTalk(round, clock, listener);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
    }

    /**
     * Starts to serve.
     *
     * @param port 0 for any that is free
     * @param listener is told after each answer whether there are enough to go on with
     */
    public static LabelingServer start(OpenRound round, int port, Clock clock, Consumer<Boolean> listener)
            throws IOException {
        LabelingServer server = new LabelingServer(round, port, clock, listener);
        server.server.start();
        return server;
    }

    /** The page's address. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            guard.protect(exchange.getResponseHeaders());
            try {
                guard.check(exchange);
                answer(exchange);
            } catch (RefusedException e) {
                problem(exchange, e.status(), e.getMessage());
            } catch (StoreUnavailableException e) {
                problem(
                        exchange,
                        STORE_UNAVAILABLE,
                        "The store can't be reached just now; nothing is lost. " + e.getMessage());
            } catch (IOException | RuntimeException e) {
                LOG.log(
                        Level.WARNING,
                        "A request of the labeling page failed: "
                                + exchange.getRequestURI().getPath(),
                        e);
                problem(exchange, BROKEN, "The page's server failed: its output tells why");
            }
        } catch (IOException e) {
            // The browser went away; whatever it wanted it will ask for again.
            LOG.log(Level.FINE, "A browser went away", e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        boolean post = path.equals("/api/next") || path.equals("/api/answers");
        if (!exchange.getRequestMethod().equals(post ? "POST" : "GET")) {
            throw new RefusedException(
                    RefusedException.METHOD_NOT_ALLOWED, path + " takes " + (post ? "POST" : "GET") + " alone");
        }
        if (path.startsWith("/api/")) {
            guard.checkToken(exchange);
            send(exchange, OK, "application/json", ContractJson.toBytes(api(path, exchange)));
        } else if (path.equals("/")) {
            send(exchange, OK, "text/html", page());
        } else if (FILE.matcher(path).matches()) {
            send(exchange, OK, path.endsWith("js") ? "text/javascript" : "text/css", resource(path.substring(1)));
        } else {
            Matcher image = IMAGE.matcher(path);
            if (!image.matches()) {
                throw new RefusedException(RefusedException.NOT_FOUND, "There is no " + path);
            }
            exchange.getResponseHeaders().set("Cache-Control", "private, max-age=86400");
            send(
                    exchange,
                    OK,
                    "image/png",
                    talk.image(Integer.parseInt(image.group(1)), Integer.parseInt(image.group(2))));
        }
    }

    private Object api(String path, HttpExchange exchange) throws IOException {
        Matcher views = VIEWS.matcher(path);
        if (views.matches()) {
            return talk.views(views.group(1));
        }
        return switch (path) {
            case "/api/round" -> talk.round();
            case "/api/next" -> talk.next(body(exchange, PageData.Ask.class));
            case "/api/answered" -> talk.answered();
            case "/api/answers" -> talk.add(body(exchange, PageData.Said.class));
            default -> throw new RefusedException(RefusedException.NOT_FOUND, "There is no " + path);
        };
    }

    private static <T> T body(HttpExchange exchange, Class<T> type) throws IOException {
        byte[] json = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (json.length > MOST_BYTES) {
            throw new RefusedException(RefusedException.TOO_LARGE, "No answer has more than " + MOST_BYTES + " bytes");
        }
        ObjectMapper mapper = ContractJson.mapper();
        try {
            return mapper.readValue(json, type);
        } catch (IOException e) {
            throw new RefusedException(RefusedException.BAD_REQUEST, "That is no answer of this page: load it again");
        }
    }

    private byte[] page() {
        String html = new String(resource("label.html"), StandardCharsets.UTF_8);
        return html.replace("{token}", guard.token()).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) {
        try (InputStream in = LabelingServer.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new RefusedException(RefusedException.NOT_FOUND, "There is no " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void problem(HttpExchange exchange, int status, String sentence) throws IOException {
        // What was sent has to be read before the answer is, or the browser sees a broken connection.
        exchange.getRequestBody().skip(MOST_BYTES);
        send(exchange, status, "application/json", ContractJson.toBytes(new PageData.Problem(sentence)));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] content) throws IOException {
        boolean text = !type.startsWith("image/");
        exchange.getResponseHeaders().set("Content-Type", text ? type + "; charset=utf-8" : type);
        if (text) {
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
        }
        exchange.sendResponseHeaders(status, content.length);
        exchange.getResponseBody().write(content);
    }
}
