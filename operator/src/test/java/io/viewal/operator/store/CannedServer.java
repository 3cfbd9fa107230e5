package io.viewal.operator.store;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Answers as S3 servers are documented to, which the tests' own server has no occasion for. */
final class CannedServer implements AutoCloseable {

    private static final int NO_CONTENT = 204;
    private static final int NOT_FOUND = 404;

    private final HttpServer server;

    private volatile Headers last;

    private CannedServer(HttpHandler handler) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            last = exchange.getRequestHeaders();
            handler.handle(exchange);
        });
        server.start();
    }

    /** Answers this to everything. */
    static CannedServer refusing(int status, String code, String message) throws IOException {
        return new CannedServer(exchange -> refuse(exchange, status, code, message));
    }

    /** Takes what is put without a condition, and answers this to a condition. */
    static CannedServer refusingConditions(int status, String code, String message) throws IOException {
        return new CannedServer(exchange -> {
            if (exchange.getRequestHeaders().containsKey("If-None-Match")) {
                refuse(exchange, status, code, message);
            } else if (exchange.getRequestMethod().equals("GET")) {
                refuse(exchange, NOT_FOUND, "NoSuchKey", "The specified key does not exist.");
            } else {
                exchange.getRequestBody().readAllBytes();
                exchange.getResponseHeaders().set("ETag", "\"0\"");
                exchange.sendResponseHeaders(exchange.getRequestMethod().equals("PUT") ? 200 : NO_CONTENT, -1);
                exchange.close();
            }
        });
    }

    private static void refuse(HttpExchange exchange, int status, String code, String message) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] body = "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>%s</Message></Error>"
                .formatted(code, message)
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** A header of the last request. */
    String header(String name) {
        return last.getFirst(name);
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
