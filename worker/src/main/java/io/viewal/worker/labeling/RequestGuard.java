package io.viewal.worker.labeling;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lets the page itself speak to its server, and no other page. The name in {@code Host} has to be this machine's own, so that
 * no foreign name can be made to lead here; its port may be another one, that of a port-forward. What changes something needs
 * the page's own origin, and all of the interface needs a token that only the page knows.
 */
final class RequestGuard {

    static final String TOKEN_HEADER = "X-Viewal-Token";

    private static final Pattern LOOPBACK = Pattern.compile("(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d{1,5})?");

    /** What a browser says of requests that the page itself, or whoever typed the address, has made. */
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final String token;

    RequestGuard() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        this.token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** To be put into the page. */
    String token() {
        return token;
    }

    /**
     * Makes sure that a request is the page's own.
     *
     * @throws RefusedException when it is not
     */
    void check(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        String host = headers.getFirst("Host");
        if (host == null || !LOOPBACK.matcher(host).matches()) {
            throw forbidden("The page is at 127.0.0.1 or localhost alone, not at '" + host + "'");
        }
        String site = headers.getFirst("Sec-Fetch-Site");
        if (site != null && !OWN_SITE.contains(site)) {
            throw forbidden("Another page asked for this: open the labeling page itself");
        }
        String origin = headers.getFirst("Origin");
        if (origin != null && !origin.equals("http://" + host)) {
            throw forbidden("A page of '" + origin + "' asked for this: open the labeling page itself");
        }
    }

    /**
     * Makes sure that the page knows the token.
     *
     * @throws RefusedException when it does not
     */
    void checkToken(HttpExchange exchange) {
        String given = exchange.getRequestHeaders().getFirst(TOKEN_HEADER);
        if (given == null || !MessageDigest.isEqual(bytes(given), bytes(token))) {
            throw forbidden("The page is of an earlier start of its server: load it again");
        }
        boolean post = exchange.getRequestMethod().equals("POST");
        if (post && !"application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
            throw forbidden("Answers are JSON");
        }
    }

    /** What browsers are told to keep to. */
    void protect(Headers response) {
        response.set("Content-Security-Policy", POLICY);
        response.set("X-Content-Type-Options", "nosniff");
        response.set("X-Frame-Options", "DENY");
        response.set("Referrer-Policy", "no-referrer");
        response.set("Cross-Origin-Resource-Policy", "same-origin");
        response.set("Cross-Origin-Opener-Policy", "same-origin");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static RefusedException forbidden(String sentence) {
        return new RefusedException(RefusedException.FORBIDDEN, sentence);
    }
}
