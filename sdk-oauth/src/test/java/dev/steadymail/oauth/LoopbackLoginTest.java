package dev.steadymail.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.auth.Secret;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.testkit.oauth.OAuthTestServer;
import dev.steadymail.time.Deadline;
import dev.steadymail.time.TimeSource;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The login by browser, with a server that checks what it is asked, and with visitors who are not the browser. */
class LoopbackLoginTest {
    private static final TimeSource TIME = new TimeSource(
            InstantSource.system(),
            System::nanoTime,
            (task, delay) -> {
                task.run();
                return () -> {};
            },
            RandomGenerator.getDefault());

    private OAuthTestServer server;
    private LoopbackLogin login;
    private URI redirect;

    @BeforeEach
    void start() throws IOException {
        server = OAuthTestServer.start("client", "client secret", "access");
        OAuthServer place =
                OAuthServer.google().authorizationUrl(server.authorizationUrl()).tokenUrl(server.tokenUrl());
        login = OAuthClient.of(place, "client", Secret.of("client secret"), TIME)
                .loopbackLogin("ada@example.com");
        redirect = URI.create(parameters().get("redirect_uri"));
    }

    @AfterEach
    void stop() {
        login.close();
        server.close();
    }

    @Test
    void url_asksForWhatGoogleNeeds() {
        Map<String, String> asked = parameters();
        assertEquals("code", asked.get("response_type"));
        assertEquals("https://mail.google.com/", asked.get("scope"));
        assertEquals("S256", asked.get("code_challenge_method"));
        assertEquals("offline", asked.get("access_type"));
        assertEquals("consent", asked.get("prompt"));
        assertEquals("ada@example.com", asked.get("login_hint"));
        assertEquals("127.0.0.1", redirect.getHost());
        assertFalse(login.url().toString().contains("secret"), login.url()::toString);
    }

    @Test
    void loggedIn_bringsBothTokens() throws Exception {
        CompletableFuture<OAuthGrant> grant = await();
        assertEquals(200, server.browse(login.url()));
        assertEquals("access", get(grant).access().value().reveal());
        assertEquals(Set.of("https://mail.google.com/"), get(grant).scopes());
        assertTrue(get(grant).refreshToken().reveal().startsWith("refresh/"));
    }

    @Test
    void refusedConsent_isForbidden() throws Exception {
        server.refuseConsent();
        CompletableFuture<OAuthGrant> grant = await();
        assertEquals(200, server.browse(login.url()));
        assertEquals(Kind.FORBIDDEN, failure(grant).kind());
    }

    @Test
    void wrongState_isRefusedAndTheLoginGoesOn() throws Exception {
        CompletableFuture<OAuthGrant> grant = await();
        for (String query : List.of("code=stolen&state=guessed", "code=stolen", "error=access_denied", "state=%", "")) {
            assertStatus(400, send(get("/callback?" + query)));
        }
        assertStatus(400, send(get("/callback")));
        server.browse(login.url());
        assertEquals("access", get(grant).access().value().reveal());
    }

    @Test
    void whatIsNoRedirect_isRefusedAndTheLoginGoesOn() throws Exception {
        CompletableFuture<OAuthGrant> grant = await();
        String good = "code=c&state=" + parameters().get("state");
        assertStatus(404, send(get("/favicon.ico")));
        assertStatus(404, send(get("/callback/?" + good)));
        assertStatus(404, send(get("//callback?" + good)));
        assertStatus(404, send(get("http://127.0.0.1/callback?" + good)));
        assertStatus(
                405, send("POST /callback?" + good + " HTTP/1.1\r\nHost: " + redirect.getAuthority() + "\r\n\r\n"));
        assertStatus(400, send("GET /callback?" + good + " HTTP/1.1\r\nHost: rebound.example.com\r\n\r\n"));
        assertStatus(400, send("GET /callback?" + good + " HTTP/1.1\r\n\r\n"));
        assertStatus(400, send("\u0016\u0003\u0001 tls\r\n\r\n"));
        server.browse(login.url());
        assertEquals("access", get(grant).access().value().reveal());
    }

    @Test
    void oversizedRequest_isRefusedAndTheLoginGoesOn() throws Exception {
        CompletableFuture<OAuthGrant> grant = await();
        String head = "GET /callback?state=" + parameters().get("state") + " HTTP/1.1\r\nX: ";
        assertStatus(431, send(head + "x".repeat((8 << 10) - head.length())));
        server.browse(login.url());
        assertEquals("access", get(grant).access().value().reveal());
    }

    @Test
    void silentVisitors_keepNobodyWaiting() throws Exception {
        CompletableFuture<OAuthGrant> grant = await();
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                silent.add(connect());
            }
            assertEquals(200, server.browse(login.url()));
            assertEquals("access", get(grant).access().value().reveal());
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void secondRedirect_findsNobody() throws Exception {
        CompletableFuture<OAuthGrant> grant = await();
        server.browse(login.url());
        get(grant);
        assertThrows(ConnectException.class, this::connect);
        assertEquals(List.of("authorization_code"), server.log());
    }

    @Test
    void sameRedirect_isRedeemedOnce() throws Exception {
        AuthorizationRequest request = OAuthClient.of(
                        OAuthServer.google().tokenUrl(server.tokenUrl()), "client", Secret.of("client secret"), TIME)
                .authorize(URI.create("https://app.example.com/callback"), null);
        String query = "code=unknown&state=" + request.state();
        assertTrue(request.isAnsweredBy(query));
        assertFalse(request.isAnsweredBy("code=unknown&state=x" + request.state()));
        assertEquals(Kind.REAUTH_REQUIRED, redeem(request, query));
        assertEquals(Kind.INVALID, redeem(request, query));
        assertEquals(Kind.INVALID, redeem(request, "code=unknown&state=x"));
        assertEquals(Kind.INVALID, redeem(request, query + "&state=" + request.state()));
        assertEquals(List.of("authorization_code"), server.log());
    }

    @Test
    void wrongVerifier_isRefusedByTheServer() throws Exception {
        OAuthClient client = OAuthClient.of(
                OAuthServer.google().authorizationUrl(server.authorizationUrl()).tokenUrl(server.tokenUrl()),
                "client",
                Secret.of("client secret"),
                TIME);
        AuthorizationRequest other = client.authorize(redirect, null);
        CompletableFuture<OAuthGrant> grant = await();
        // Another login's challenge under this one's state: a code that was swapped on the way.
        String swapped = login.url()
                .toString()
                .replaceFirst(
                        "code_challenge=[^&]+",
                        "code_challenge="
                                + QueryText.parse(other.url().getRawQuery()).get("code_challenge"));
        server.browse(URI.create(swapped));
        assertEquals(Kind.REAUTH_REQUIRED, failure(grant).kind());
    }

    @Test
    void passedDeadline_endsTheLoginAndClosesThePort() {
        MailException failure = assertThrows(MailException.class, () -> login.await(TIME.deadline(Duration.ZERO)));
        assertEquals(Kind.DEADLINE, failure.kind());
        assertThrows(ConnectException.class, this::connect);
    }

    @Test
    void closed_endsTheLogin() {
        CompletableFuture<OAuthGrant> grant = await();
        login.close();
        assertEquals(Kind.CANCELLED, failure(grant).kind());
        login.close();
    }

    @Test
    void interrupted_endsTheLogin() {
        Thread.currentThread().interrupt();
        MailException failure = assertThrows(MailException.class, () -> login.await(deadline()));
        assertEquals(Kind.CANCELLED, failure.kind());
        assertTrue(Thread.interrupted());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /callback HTTP/1.1",
                "GET /callback HTTP/2",
                "get /callback HTTP/1.1",
                "GET  /callback HTTP/1.1",
                ""
            })
    void head_withoutWhatIsNeeded_isBad(String line) {
        assertEquals(400, RedirectHead.judge(line, "127.0.0.1:1", "/callback").status());
        String twice = line + "\r\nHost: 127.0.0.1:1\r\nHOST: 127.0.0.1:1";
        assertEquals(400, RedirectHead.judge(twice, "127.0.0.1:1", "/callback").status());
    }

    private static Kind redeem(AuthorizationRequest request, String query) {
        return assertThrows(MailException.class, () -> request.redeem(query, deadline()))
                .kind();
    }

    private CompletableFuture<OAuthGrant> await() {
        return CompletableFuture.supplyAsync(() -> login.await(deadline()));
    }

    private static OAuthGrant get(CompletableFuture<OAuthGrant> grant) {
        return grant.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static MailException failure(CompletableFuture<OAuthGrant> grant) {
        return (MailException)
                assertThrows(CompletionException.class, () -> get(grant)).getCause();
    }

    private Map<String, String> parameters() {
        return QueryText.parse(login.url().getRawQuery());
    }

    private String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: " + redirect.getAuthority() + "\r\n\r\n";
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), redirect.getPort());
    }

    private String send(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assertStatus(int status, String response) {
        assertTrue(response.startsWith("HTTP/1.1 " + status + " "), response);
        assertFalse(response.contains("stolen"), response);
    }

    private static Deadline deadline() {
        return TIME.deadline(Duration.ofSeconds(60));
    }
}
