package dev.steadymail.gmail;

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
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.steadymail.auth.Secret;
import dev.steadymail.auth.TokenGrant;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GoogleTokenEndpointTest {
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
    void wrongClient_isAuth() {
        answer(aResponse().withStatus(401).withBody("{\"error\":\"invalid_client\"}"));
        assertEquals(Kind.AUTH, failure().kind());
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

    @Test
    void unavailable_sayingAtOnce_isNotRepeatedBehindOurBack() {
        answer(aResponse().withStatus(503).withHeader("Retry-After", "0"));
        assertEquals(4, failure().attempts());
        server.verify(4, anyRequestedFor(anyUrl()));
    }

    @Test
    void throttled_longerThanTheDeadline_saysUntilWhenAndAsksNoMore() {
        answer(aResponse().withStatus(429).withHeader("Retry-After", "30"));
        MailException failure = failure();
        assertEquals(Kind.THROTTLED, failure.kind());
        assertEquals(NOW.plusSeconds(30), failure.retryAt().orElseThrow());
        server.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void plainHttp_elsewhere_isRefused() {
        GoogleTokenEndpoint endpoint = GoogleTokenEndpoint.of("id", null, TIME);
        for (String url : new String[] {
            "http://example.com/token", "http://127.0.0.1.example.com/", "http://u:p@127.0.0.1/", "ftp://127.0.0.1/"
        }) {
            assertThrows(IllegalArgumentException.class, () -> endpoint.tokenUrl(URI.create(url)), url);
        }
    }

    private void answer(ResponseDefinitionBuilder response) {
        server.stubFor(any(anyUrl()).willReturn(response));
    }

    private TokenGrant refresh() {
        return GoogleTokenEndpoint.of("id", Secret.of("client secret"), TIME)
                .tokenUrl(URI.create("http://127.0.0.1:" + server.port() + "/token"))
                .refresh(Secret.of("r+&t"), TIME.deadline(Duration.ofSeconds(10)));
    }

    private MailException failure() {
        return assertThrows(MailException.class, this::refresh);
    }
}
