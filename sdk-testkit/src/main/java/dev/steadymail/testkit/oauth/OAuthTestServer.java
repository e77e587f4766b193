package dev.steadymail.testkit.oauth;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An authorization server on 127.0.0.1: codes with PKCE (RFC 7636, S256 only), refresh tokens, device codes (RFC 8628). It agrees to every
 * login at once, unless told otherwise, and is strict with clients: a code is good once, with the redirect, the client and the verifier that
 * it was asked for with.
 *
 * <p>Access tokens are those given at the start, again and again from the last one; give one that a fake mail server takes. This class is
 * threadsafe. Closing it twice is harmless.
 */
public final class OAuthTestServer implements AutoCloseable {
    private static final int MOST_OCTETS = 1 << 16;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HttpServer server;
    private final ExecutorService workers;
    private final GrantTable grants;

    private OAuthTestServer(GrantTable grants) throws IOException {
        this.grants = grants;
        this.workers = Executors.newFixedThreadPool(4, task -> {
            Thread thread = new Thread(task, "oauth-test-server");
            thread.setDaemon(true);
            return thread;
        });
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        this.server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        server.setExecutor(workers);
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", exchange -> answer(exchange, grants::token));
        server.createContext("/device", exchange -> answer(exchange, grants::device));
    }

    /**
     * Starts a server for one client.
     *
     * @param clientSecret empty for a public client
     * @param accessTokens what to hand out, at least one
     */
    public static OAuthTestServer start(String clientId, String clientSecret, String... accessTokens)
            throws IOException {
        OAuthTestServer server = new OAuthTestServer(new GrantTable(clientId, clientSecret, List.of(accessTokens)));
        server.server.start();
        return server;
    }

    /** Returns where people log in. */
    public URI authorizationUrl() {
        return url("/authorize");
    }

    /** Returns where tokens are handed out. */
    public URI tokenUrl() {
        return url("/token");
    }

    /** Returns where device codes are handed out. */
    public URI deviceUrl() {
        return url("/device");
    }

    /** Does what a person with a browser does: opens the page and goes where it leads. Returns the last page's status. */
    public int browse(URI page) throws IOException, InterruptedException {
        HttpClient browser = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .connectTimeout(TIMEOUT)
                .build();
        HttpRequest request = HttpRequest.newBuilder(page).timeout(TIMEOUT).build();
        return browser.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    /** Has every later login, by browser or device, refused by its owner. */
    public void refuseConsent() {
        grants.refuseConsent();
    }

    /** Has the person with the device code agree. */
    public void agreeToDevice() {
        grants.agreeToDevice();
    }

    /** Has each refresh replace the refresh token, and refuse the one before. */
    public void rotateRefreshTokens() {
        grants.rotate();
    }

    /** Forgets all refresh tokens, as after a change of password. */
    public void revokeAll() {
        grants.revokeAll();
    }

    /** Returns the grant types that clients asked with so far, in their order. */
    public List<String> log() {
        return grants.log();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private void authorize(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = exchange.getRequestURI().getRawQuery();
            Map<String, String> parameters = Form.parse(query == null ? "" : query);
            String location = grants.authorize(parameters);
            if (location.isEmpty()) {
                exchange.sendResponseHeaders(400, -1);
                return;
            }
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(302, -1);
        }
    }

    private static void answer(HttpExchange exchange, Question question) throws IOException {
        try (exchange) {
            byte[] form = exchange.getRequestBody().readNBytes(MOST_OCTETS);
            JsonObject json = question.answer(Form.parse(new String(form, StandardCharsets.UTF_8)));
            byte[] body = json.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(json.has("error") ? 400 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** A form's answer; a refusal is one with the field {@code error}. */
    @FunctionalInterface
    private interface Question {
        JsonObject answer(Map<String, String> form);
    }
}
