package dev.steadymail.oauth;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.steadymail.auth.Secret;
import dev.steadymail.auth.TokenGrant;
import dev.steadymail.guard.RetryHint;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.testkit.proxy.FaultProxy;
import dev.steadymail.testkit.proxy.Place;
import dev.steadymail.testkit.proxy.ProxyFault;
import dev.steadymail.time.Deadline;
import dev.steadymail.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refreshing, and what every question to a token endpoint has to live with. */
class TokenRefreshTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    /** Delays end at once. */
    private static final TimeSource TIME = new TimeSource(
            InstantSource.fixed(NOW),
            System::nanoTime,
            (task, delay) -> {
                task.run();
                return () -> {};
            },
            RandomGenerator.getDefault());

    private final WireMockServer server =
            new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void refresh_sendsTheFormAndReadsTheGrant() {
        answer(okJson("{\"access_token\":\"at\",\"expires_in\":1800,\"token_type\":\"Bearer\"}"));
        TokenGrant grant = refresh();
        assertEquals("at", grant.access().value().reveal());
        assertEquals(NOW.plusSeconds(1_800), grant.access().expiresAt());
        assertNull(grant.newRefreshToken());
        server.verify(postRequestedFor(anyUrl())
                .withRequestBody(equalTo(
                        "grant_type=refresh_token&refresh_token=r%2B%26t&client_id=id&client_secret=client+secret")));
    }

    @Test
    void refresh_rotatedToken_isHandedOn() {
        answer(okJson("{\"access_token\":\"at\",\"refresh_token\":\"next\"}"));
        TokenGrant grant = refresh();
        assertEquals(Secret.of("next"), grant.newRefreshToken());
        assertEquals(NOW.plusSeconds(3_600), grant.access().expiresAt());
    }

    @Test
    void invalidGrant_needsConsentAndIsNotRepeated() {
        answer(aResponse()
                .withStatus(400)
                .withBody("{\"error\":\"invalid_grant\",\"error_description\":\"rt of ada\"}"));
        MailException failure = failure();
        assertEquals(Kind.REAUTH_REQUIRED, failure.kind());
        assertEquals("400 invalid_grant", failure.providerCode().orElseThrow());
        assertFalse(String.valueOf(failure.getMessage()).contains("ada"));
        server.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void publicClient_sendsNoSecret() {
        answer(okJson("{\"access_token\":\"at\"}"));
        OAuthClient.of(server(), "id", null, TIME).refresh(Secret.of("rt"), deadline());
        server.verify(postRequestedFor(anyUrl())
                .withRequestBody(equalTo("grant_type=refresh_token&refresh_token=rt&client_id=id")));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void brokenConnection_isRepeatedAndIsNetworkTrouble(Fault fault) {
        answer(aResponse().withFault(fault));
        MailException failure = failure();
        assertEquals(Kind.NETWORK, failure.kind());
        assertEquals(4, failure.attempts());
    }

    @Test
    void handshakeThatIsBrokenOff_isRepeatedAndIsNetworkTrouble() {
        try (FaultProxy proxy = FaultProxy.builder(server.port()).start()) {
            proxy.add(new ProxyFault.Cut(Place.toServer().after(50)));
            URI place = URI.create("https://127.0.0.1:" + proxy.port() + "/token");
            OAuthClient client = OAuthClient.of(server().tokenUrl(place), "id", null, TIME);
            MailException failure =
                    assertThrows(MailException.class, () -> client.refresh(Secret.of("rt"), deadline()));
            assertEquals(Kind.NETWORK, failure.kind());
            assertEquals(4, failure.attempts());
        }
    }

    /** Fewer octets than announced: four times over, as attempts are made. */
    @Test
    void cutAnswer_isRepeated() throws Exception {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try (ServerSocket cutting = new ServerSocket(0, 50, loopback)) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serveCut(cutting, 4));
            URI place = URI.create("http://127.0.0.1:" + cutting.getLocalPort() + "/token");
            OAuthClient client = OAuthClient.of(OAuthServer.google().tokenUrl(place), "id", null, TIME);
            MailException failure =
                    assertThrows(MailException.class, () -> client.refresh(Secret.of("rt"), deadline()));
            assertEquals(Kind.NETWORK, failure.kind());
            assertEquals(4, failure.attempts());
            served.get(10, TimeUnit.SECONDS);
        }
    }

    private static void serveCut(ServerSocket cutting, int times) {
        for (int i = 0; i < times; i++) {
            try (Socket socket = cutting.accept()) {
                String response = "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"access_token\":\"at\"}";
                int unused = socket.getInputStream().read(new byte[4_096]);
                socket.getOutputStream().write(response.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"at\"",
                "<html>",
                "{\"access_token\":\"at\"",
                "{}",
                "{\"access_token\":null}",
                "{\"access_token\":\"\"}",
                "{\"access_token\":{\"value\":\"at\"}}",
                "{\"access_token\":\"a t\"}",
                "{\"access_token\":\"a\\r\\nX: t\"}",
                "{\"access_token\":\"at\",\"token_type\":\"mac\"}",
                "{\"access_token\":\"at\",\"refresh_token\":\"r\\nt\"}"
            })
    void answerOfAnotherForm_breaksTheProtocol(String body) {
        answer(aResponse().withBody(body));
        MailException failure = failure();
        assertEquals(Kind.PROTOCOL, failure.kind());
        server.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void answerInAnUnusualForm_isTolerated() {
        answer(okJson(
                "{\"extra\":{\"deep\":[1,{\"access_token\":\"no\"}]},\"access_token\":\"at\",\"access_token\":\"second\","
                        + "\"expires_in\":\"60\",\"token_type\":\"bEARER\",\"refresh_token\":null,\"id_token\":7}"));
        TokenGrant grant = refresh();
        assertEquals("at", grant.access().value().reveal());
        assertEquals(NOW.plusSeconds(60), grant.access().expiresAt());
        assertNull(grant.newRefreshToken());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1e99", "\"soon\"", "true", "99999999999999999999"})
    void lifetimeThatIsNone_isAnHour(String lifetime) {
        answer(okJson("{\"access_token\":\"at\",\"expires_in\":" + lifetime + "}"));
        assertEquals(NOW.plusSeconds(3_600), refresh().access().expiresAt());
    }

    @Test
    void answerBeyondTheBound_isRefused() {
        String padding = "x".repeat(Answer.MOST_OCTETS);
        answer(okJson("{\"access_token\":\"at\",\"padding\":\"" + padding + "\"}"));
        assertEquals(Kind.PROTOCOL, failure().kind());
    }

    @Test
    void redirect_isNotFollowedWithSecrets() {
        answer(aResponse().withStatus(307).withHeader("Location", "/elsewhere"));
        assertEquals(Kind.PROTOCOL, failure().kind());
        server.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void nobodyListening_isNetworkTrouble() {
        OAuthClient client = client();
        server.stop();
        MailException failure = assertThrows(MailException.class, () -> client.refresh(Secret.of("rt"), deadline()));
        assertEquals(Kind.NETWORK, failure.kind());
    }

    @Test
    void passedDeadline_asksNothing() {
        answer(okJson("{\"access_token\":\"at\"}"));
        Deadline passed = TIME.deadline(Duration.ZERO);
        MailException failure = assertThrows(MailException.class, () -> client().refresh(Secret.of("rt"), passed));
        assertEquals(Kind.DEADLINE, failure.kind());
        server.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void connections_goWhereTheResolverSaysAndNowhereElse() throws Exception {
        answer(okJson("{\"access_token\":\"at\"}"));
        HostResolver refuses = host -> {
            throw new UnknownHostException("no");
        };
        assertThrows(MailException.class, () -> client().resolver(refuses).refresh(Secret.of("rt"), deadline()));
        InetAddress elsewhere = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
        OAuthClient named = OAuthClient.of(
                server().tokenUrl(URI.create("http://localhost:" + server.port() + "/token")), "id", null, TIME);
        assertThrows(
                MailException.class,
                () -> named.resolver(host -> List.of(elsewhere)).refresh(Secret.of("rt"), deadline()));
        server.verify(0, anyRequestedFor(anyUrl()));
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        named.resolver(host -> List.of(loopback)).refresh(Secret.of("rt"), deadline());
        server.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void nothing_showsASecret() {
        OAuthClient client = OAuthClient.of(OAuthServer.google(), "hunter2", Secret.of("hunter2"), TIME);
        assertFalse(client.toString().contains("hunter2"));
    }

    @Test
    void unavailable_once_isRepeated() {
        server.stubFor(any(anyUrl())
                .inScenario("s")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("up")
                .willReturn(aResponse().withStatus(503).withBody("<html>")));
        server.stubFor(any(anyUrl())
                .inScenario("s")
                .whenScenarioStateIs("up")
                .willReturn(okJson("{\"access_token\":\"at\"}")));
        assertEquals("at", refresh().access().value().reveal());
        server.verify(2, anyRequestedFor(anyUrl()));
    }

    @Test
    void unavailable_forLong_isGivenUpAfterThreeRetries() {
        answer(aResponse().withStatus(500).withBody("x".repeat(1 << 20)));
        MailException failure = failure();
        assertEquals(Kind.UNAVAILABLE, failure.kind());
        assertEquals(4, failure.attempts());
        server.verify(4, anyRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "00"})
    void unavailable_sayingAtOnce_isNotRepeatedBehindOurBack(String seconds) {
        answer(aResponse().withStatus(503).withHeader("Retry-After", seconds));
        assertEquals(4, failure().attempts());
        server.verify(4, anyRequestedFor(anyUrl()));
    }

    @Test
    void unavailable_longerThanAnIntHolds_isReadLikeAnyLongWait() {
        answer(aResponse().withStatus(503).withHeader("Retry-After", "3000000000"));
        MailException failure = failure();
        assertEquals(Kind.UNAVAILABLE, failure.kind());
        assertEquals(NOW.plus(RetryHint.LONGEST), failure.retryAt().orElseThrow());
        server.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void throttled_longerThanTheDeadline_saysUntilWhenAndAsksNoMore() {
        answer(aResponse().withStatus(429).withHeader("Retry-After", "30"));
        MailException failure = failure();
        assertEquals(Kind.THROTTLED, failure.kind());
        assertEquals(NOW.plusSeconds(30), failure.retryAt().orElseThrow());
        server.verify(1, anyRequestedFor(anyUrl()));
    }

    private void answer(ResponseDefinitionBuilder response) {
        server.stubFor(any(anyUrl()).willReturn(response));
    }

    private TokenGrant refresh() {
        return client().refresh(Secret.of("r+&t"), deadline());
    }

    private OAuthClient client() {
        return OAuthClient.of(server(), "id", Secret.of("client secret"), TIME);
    }

    private OAuthServer server() {
        return OAuthServer.google().tokenUrl(URI.create("http://127.0.0.1:" + server.port() + "/token"));
    }

    private static Deadline deadline() {
        return TIME.deadline(Duration.ofSeconds(10));
    }

    private MailException failure() {
        return assertThrows(MailException.class, this::refresh);
    }
}
