package dev.steadymail.oauth;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.steadymail.auth.Secret;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.testkit.time.ManualTime;
import dev.steadymail.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8628, each wait by manual time. */
class DeviceLoginTest {
    private static final String GRANTED = "{\"access_token\":\"at\",\"refresh_token\":\"rt\",\"scope\":\"mail\"}";
    private static final String CODE = "{\"device_code\":\"dc\",\"user_code\":\"WDJB-MJHT\","
            + "\"verification_uri\":\"https://example.com/device\",\"expires_in\":60,\"interval\":7}";

    private final ManualTime manual = new ManualTime();
    private final TimeSource time = manual.timeSource(1);
    private final WireMockServer server =
            new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
    private int answers;

    @BeforeEach
    void start() {
        server.start();
        server.stubFor(post("/device").willReturn(okJson(CODE)));
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void code_isShownAndAskedForWithoutTheSecret() {
        DeviceLogin login = login();
        assertEquals("WDJB-MJHT", login.userCode());
        assertEquals(URI.create("https://example.com/device"), login.verificationUrl());
        assertTrue(login.completeUrl().isEmpty());
        assertEquals(manual.now().plusSeconds(60), login.expiresAt());
        server.verify(postRequestedFor(urlEqualTo("/device"))
                .withRequestBody(equalTo("client_id=id&scope=mail+offline_access")));
    }

    @Test
    void pending_isAskedAgainAfterTheInterval() throws Exception {
        answerNext(refused("authorization_pending"));
        answerNext(okJson(GRANTED));
        CompletableFuture<OAuthGrant> grant = await(login());
        manual.awaitTimersSet(1);
        manual.advance(Duration.ofSeconds(6));
        assertEquals(0, polls());
        manual.advance(Duration.ofSeconds(1));
        manual.awaitTimersSet(2);
        manual.advance(Duration.ofSeconds(7));
        assertEquals("rt", get(grant).refreshToken().reveal());
        assertEquals(2, polls());
    }

    @Test
    void slowDown_addsFiveSecondsForGood() throws Exception {
        answerNext(refused("slow_down"));
        answerNext(refused("authorization_pending"));
        answerNext(okJson(GRANTED));
        CompletableFuture<OAuthGrant> grant = await(login());
        manual.awaitTimersSet(1);
        manual.advance(Duration.ofSeconds(7));
        for (int timers = 2; timers <= 3; timers++) {
            manual.awaitTimersSet(timers);
            manual.advance(Duration.ofSeconds(11));
            assertEquals(timers - 1, polls());
            manual.advance(Duration.ofSeconds(1));
        }
        assertEquals("rt", get(grant).refreshToken().reveal());
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429})
    void passingTrouble_slowsDownAndGoesOn(int status) throws Exception {
        answerNext(aResponse().withStatus(status));
        answerNext(okJson(GRANTED));
        CompletableFuture<OAuthGrant> grant = await(login());
        manual.awaitTimersSet(1);
        manual.advance(Duration.ofSeconds(7));
        manual.awaitTimersSet(2);
        manual.advance(Duration.ofSeconds(12));
        assertEquals("rt", get(grant).refreshToken().reveal());
    }

    @Test
    void statedWait_isKept() throws Exception {
        answerNext(aResponse().withStatus(429).withHeader("Retry-After", "20"));
        answerNext(okJson(GRANTED));
        CompletableFuture<OAuthGrant> grant = await(login());
        manual.awaitTimersSet(1);
        manual.advance(Duration.ofSeconds(7));
        manual.awaitTimersSet(2);
        manual.advance(Duration.ofSeconds(20));
        assertEquals(1, polls());
        manual.advance(Duration.ofSeconds(7));
        assertEquals("rt", get(grant).refreshToken().reveal());
    }

    @Test
    void expiry_endsTheLoginWithoutAnotherQuestion() throws Exception {
        server.stubFor(post("/token").willReturn(refused("authorization_pending")));
        CompletableFuture<OAuthGrant> grant = await(login());
        for (int timers = 1; timers <= 8; timers++) {
            manual.awaitTimersSet(timers);
            manual.advance(Duration.ofSeconds(7));
        }
        MailException failure = failure(grant);
        assertEquals(Kind.REAUTH_REQUIRED, failure.kind());
        assertEquals(8, polls());
    }

    @Test
    void deadline_endsTheLogin() {
        DeviceLogin login = login();
        MailException failure =
                assertThrows(MailException.class, () -> login.await(time.deadline(Duration.ofSeconds(7))));
        assertEquals(Kind.DEADLINE, failure.kind());
    }

    @Test
    void refusals_endTheLogin() throws Exception {
        answerNext(refused("access_denied"));
        CompletableFuture<OAuthGrant> denied = await(login());
        manual.awaitTimersSet(1);
        manual.advance(Duration.ofSeconds(7));
        assertEquals(Kind.FORBIDDEN, failure(denied).kind());
        server.stubFor(post("/token").willReturn(refused("expired_token")));
        CompletableFuture<OAuthGrant> expired = await(login());
        manual.awaitTimersSet(2);
        manual.advance(Duration.ofSeconds(7));
        assertEquals(Kind.REAUTH_REQUIRED, failure(expired).kind());
    }

    @Test
    void grantWithoutRefreshToken_orWithLessThanAsked_isForbidden() throws Exception {
        server.stubFor(post("/token").willReturn(okJson("{\"access_token\":\"at\"}")));
        CompletableFuture<OAuthGrant> without = await(login());
        manual.awaitTimersSet(1);
        manual.advance(Duration.ofSeconds(7));
        assertEquals(Kind.FORBIDDEN, failure(without).kind());
        MailException less = assertThrows(
                MailException.class,
                () -> Grants.login(
                        Answer.of(200, GRANTED.getBytes(java.nio.charset.StandardCharsets.UTF_8), null),
                        OAuthServer.google().scopes(),
                        time.now()));
        assertEquals(Kind.FORBIDDEN, less.kind());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"device_code\":\"dc\",\"user_code\":\"A\"}",
                "{\"device_code\":\"dc\",\"user_code\":\"A\",\"verification_uri\":\"http://example.com/\"}",
                "{\"device_code\":\"dc\",\"user_code\":\"A\",\"verification_uri\":\"javascript:alert(1)\"}",
                "{\"device_code\":\"dc\",\"user_code\":\"A\",\"verification_uri\":\"not a url\"}",
                "{\"device_code\":\"dc\",\"user_code\":\"A\\u001b[2J\",\"verification_uri\":\"https://example.com/\"}",
                "{\"user_code\":\"A\",\"verification_uri\":\"https://example.com/\"}"
            })
    void answerOfAnotherForm_breaksTheProtocol(String body) {
        server.stubFor(post("/device").willReturn(okJson(body)));
        assertEquals(
                Kind.PROTOCOL, assertThrows(MailException.class, this::login).kind());
    }

    @Test
    void googlesSpelling_isRead() {
        server.stubFor(post("/device").willReturn(okJson(CODE.replace("verification_uri", "verification_url"))));
        assertEquals(URI.create("https://example.com/device"), login().verificationUrl());
    }

    @Test
    void serverWithoutDeviceCodes_isUnsupported() {
        OAuthServer without = OAuthServer.at(url("/authorize"), url("/token"));
        MailException failure = assertThrows(
                MailException.class,
                () -> OAuthClient.of(without, "id", null, time).deviceLogin(time.deadline(Duration.ofMinutes(1))));
        assertEquals(Kind.UNSUPPORTED, failure.kind());
    }

    private DeviceLogin login() {
        OAuthServer place = OAuthServer.at(url("/authorize"), url("/token"))
                .deviceUrl(url("/device"))
                .scopes(java.util.List.of("mail", "offline_access"));
        return OAuthClient.of(place, "id", Secret.of("client secret"), time)
                .deviceLogin(time.deadline(Duration.ofMinutes(5)));
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private CompletableFuture<OAuthGrant> await(DeviceLogin login) {
        return CompletableFuture.supplyAsync(() -> login.await(time.deadline(Duration.ofHours(1))));
    }

    /** Answers to polls, each once, in the order of the calls. */
    private void answerNext(ResponseDefinitionBuilder answer) {
        String before = answers == 0 ? Scenario.STARTED : "after " + answers;
        answers++;
        server.stubFor(post("/token")
                .inScenario("polls")
                .whenScenarioStateIs(before)
                .willSetStateTo("after " + answers)
                .willReturn(answer));
    }

    private static ResponseDefinitionBuilder refused(String error) {
        return aResponse().withStatus(400).withBody("{\"error\":\"" + error + "\"}");
    }

    private int polls() {
        return server.findAll(postRequestedFor(urlEqualTo("/token"))).size();
    }

    private static OAuthGrant get(CompletableFuture<OAuthGrant> grant) {
        return grant.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static MailException failure(CompletableFuture<OAuthGrant> grant) {
        return (MailException)
                assertThrows(CompletionException.class, () -> get(grant)).getCause();
    }
}
