package dev.steadymail.gmail;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.google.api.services.gmail.Gmail;
import com.google.api.services.gmail.model.Label;
import dev.steadymail.MailClient;
import dev.steadymail.auth.AccessToken;
import dev.steadymail.auth.Secret;
import dev.steadymail.auth.TokenSource;
import dev.steadymail.auth.Tokens;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GmailFaultsTest {
    private final WireMockedAccount account = new WireMockedAccount(1);

    @AfterEach
    void close() {
        account.close();
    }

    @Test
    void tooManyRequests_withRetryAfterSeconds_tellsWhen() {
        answer(error(429, "rateLimitExceeded", "slow down").withHeader("Retry-After", "30"));
        MailException failure = failure();
        assertEquals(Kind.THROTTLED, failure.kind());
        assertWithin(Duration.ofSeconds(25), Duration.ofSeconds(31), failure);
        assertEquals("429 rateLimitExceeded", failure.providerCode().orElseThrow());
    }

    @Test
    void tooManyRequests_withRetryAfterDate_tellsWhen() {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(60).atOffset(ZoneOffset.UTC));
        answer(error(429, "rateLimitExceeded", "slow down").withHeader("Retry-After", date));
        assertWithin(Duration.ofSeconds(50), Duration.ofSeconds(61), failure());
    }

    @Test
    void forbidden_forRateWithTimeInMessage_tellsWhen() {
        String message =
                "User-rate limit exceeded.  Retry after " + Instant.now().plusSeconds(90);
        answer(error(403, "userRateLimitExceeded", message));
        MailException failure = failure();
        assertEquals(Kind.THROTTLED, failure.kind());
        assertWithin(Duration.ofSeconds(80), Duration.ofSeconds(91), failure);
    }

    @Test
    void throttle_forTheDay_waitsMinutes() {
        answer(error(403, "dailyLimitExceeded", "Daily Limit Exceeded"));
        assertWithin(Duration.ofMinutes(14), Duration.ofMinutes(15), failure());
    }

    @Test
    void tooManyRequests_forConcurrency_isConcurrency() {
        answer(error(429, "rateLimitExceeded", "Too many concurrent requests for user"));
        assertEquals(Kind.CONCURRENCY, failure().kind());
    }

    @Test
    void forbidden_forScope_isPermanentAndKeepsTheServersTextOut() {
        answer(error(403, "insufficientPermissions", "ada@example.com lacks scope"));
        MailException failure = failure();
        assertEquals(Kind.FORBIDDEN, failure.kind());
        assertFalse(failure.isRetryable());
        assertFalse(String.valueOf(failure.getMessage()).contains("ada@"));
    }

    @Test
    void statuses_haveTheirKinds() {
        Object[][] cases = {
            {400, Kind.INVALID}, {404, Kind.NOT_FOUND}, {409, Kind.CONFLICT}, {412, Kind.CONFLICT},
            {413, Kind.TOO_LARGE}, {500, Kind.UNAVAILABLE}, {503, Kind.UNAVAILABLE}, {302, Kind.PROTOCOL}
        };
        for (Object[] one : cases) {
            answer(error((int) one[0], "reason", "message").withHeader("Location", "/elsewhere"));
            assertEquals(one[1], failure().kind(), "status " + one[0]);
        }
    }

    @Test
    void unavailable_withRetryAfter_tellsWhen() {
        answer(error(503, "backendError", "").withHeader("Retry-After", "20"));
        assertWithin(Duration.ofSeconds(15), Duration.ofSeconds(21), failure());
        answer(error(503, "backendError", "").withHeader("Retry-After", "3000000000"));
        assertWithin(Duration.ofDays(6), Duration.ofDays(7), failure());
    }

    @Test
    void badGateway_withEndlessHtml_isUnavailable() {
        answer(aResponse()
                .withStatus(502)
                .withHeader("Content-Type", "text/html")
                .withBody("<html>" + "x".repeat(1 << 20)));
        assertEquals(Kind.UNAVAILABLE, failure().kind());
    }

    @Test
    void answer_cutInTheMiddle_isNetwork() {
        for (String cut : List.of(
                "{\"labels\":[{\"id\":\"INB",
                "{\"labels\":[",
                "{\"labels\":[]",
                "",
                "<html>",
                "[1]",
                "{\"labels\":7}")) {
            answer(aResponse().withHeader("Content-Type", "application/json").withBody(cut));
            MailException failure = failure();
            assertEquals(Kind.NETWORK, failure.kind(), cut);
            assertTrue(failure.isRetryable());
        }
    }

    @Test
    void errorBody_cutOrOdd_doesNotMatter() {
        for (String body :
                List.of("{\"error\":{\"co", "{\"error\":\"x\"}", "{\"error\":{\"errors\":[1]}}", "[[[", "")) {
            answer(aResponse()
                    .withStatus(503)
                    .withHeader("Content-Type", "application/json")
                    .withBody(body));
            assertEquals(Kind.UNAVAILABLE, failure().kind(), body);
        }
    }

    @Test
    void connection_reset_isNetworkAndSentOnce() {
        answer(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        assertEquals(Kind.NETWORK, failure().kind());
        account.server.verify(1, getRequestedFor(anyUrl()));
    }

    @Test
    void post_resetOnAKeptConnection_isNotSentAgain() {
        answer(okJson("{}"));
        MailClient client = account.client();
        client.mailboxes().list();
        answer(aResponse().withFault(Fault.EMPTY_RESPONSE));
        MailException failure = assertThrows(MailException.class, () -> star(client));
        assertEquals(Kind.NETWORK, failure.kind());
        account.server.verify(1, postRequestedFor(anyUrl()));
    }

    /** OkHttp repeats by itself where this is nought, and fails where it fits no int. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "00", "3000000000", "99999999999999999999"})
    void unavailable_whateverItSaysOfTime_isNotSentAgainBehindOurBack(String seconds) {
        answer(error(503, "backendError", "").withHeader("Retry-After", seconds));
        assertEquals(Kind.UNAVAILABLE, failure().kind());
        assertThrows(MailException.class, () -> star(account.client()));
        account.server.verify(1, getRequestedFor(anyUrl()));
        account.server.verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void answerThatOnlySaysItIsCompressed_isWhatItsStatusSays() {
        answer(error(503, "backendError", "").withHeader("Content-Encoding", "gzip"));
        assertEquals(Kind.UNAVAILABLE, failure().kind());
        answer(aResponse().withStatus(404).withHeader("Content-Encoding", "gzip"));
        assertEquals(Kind.NOT_FOUND, failure().kind());
        answer(aResponse().withStatus(204).withHeader("Content-Encoding", "gzip"));
        List<EmailId> many =
                IntStream.range(0, 20).mapToObj(i -> new EmailId("m" + i)).toList();
        account.client().emails().changeKeywords(many, Set.of(Keyword.FLAGGED), Set.of());
        account.server.verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void errorBody_nestedWithoutEnd_doesNotMatter() {
        answer(aResponse()
                .withStatus(503)
                .withHeader("Content-Type", "application/json")
                .withBody("{\"error\":" + "[".repeat(60_000)));
        assertEquals(Kind.UNAVAILABLE, failure().kind());
    }

    @Test
    void answer_nestedWithoutEnd_isNetwork() {
        answer(aResponse()
                .withHeader("Content-Type", "application/json")
                .withBody("{\"labels\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"));
        assertEquals(Kind.NETWORK, failure().kind());
    }

    @Test
    void server_silent_isTimeout() {
        answer(okJson("{}").withFixedDelay(5_000));
        assertEquals(Kind.TIMEOUT, failure().kind());
    }

    @Test
    void body_trickling_endsWithTheAttempt() {
        answer(okJson("{\"labels\":[" + " ".repeat(2_000) + "]}").withChunkedDribbleDelay(100, 20_000));
        GuardSettings hasty = GuardSettings.GMAIL.toBuilder()
                .attemptTimeout(Duration.ofSeconds(1))
                .build();
        MailClient client = account.client(hasty);
        MailException failure =
                assertThrows(MailException.class, () -> client.mailboxes().list());
        assertEquals(Kind.TIMEOUT, failure.kind());
    }

    @Test
    void compressedAnswer_isDecodedUnderABound() throws IOException {
        answer(aResponse()
                .withHeader("Content-Type", "application/json")
                .withHeader("Content-Encoding", "gzip")
                .withBody(gzip("{\"labels\":[]," + " ".repeat(20 << 20) + "\"x\":1}")));
        assertEquals(1, account.client().mailboxes().list().size());
        MailClient small =
                account.client(Tokens.fixed("token"), WireMockedAccount.SETTINGS.withMaxResponseBytes(1 << 20));
        MailException failure =
                assertThrows(MailException.class, () -> small.mailboxes().list());
        assertEquals(Kind.TOO_LARGE, failure.kind());
    }

    @Test
    void patch_goesOutAsPatchWithPlainBody() throws IOException {
        answer(okJson("{\"id\":\"Label_1\"}"));
        Gmail gmail = account.client().unwrap(Gmail.class).orElseThrow();
        gmail.users().labels().patch("me", "Label_1", new Label().setName("n")).execute();
        account.server.verify(
                1,
                patchRequestedFor(anyUrl())
                        .withHeader("Authorization", equalTo("Bearer token"))
                        .withHeader("Content-Encoding", absent())
                        .withHeader("X-HTTP-Method-Override", absent())
                        .withRequestBody(equalTo("{\"name\":\"n\"}")));
    }

    @Test
    void requests_askForCompressionAndAreCounted() {
        answer(okJson("{}"));
        MailClient client = account.client();
        star(client);
        account.server.verify(postRequestedFor(anyUrl())
                .withHeader("Accept-Encoding", equalTo("gzip"))
                .withHeader("Content-Encoding", absent()));
        assertEquals(1, client.traffic().requests());
        assertTrue(client.traffic().bytes() > 300, "counted " + client.traffic().bytes());
    }

    @Test
    void refusedToken_isReplacedOnce() {
        account.server.stubFor(any(anyUrl()).willReturn(error(401, "authError", "Invalid Credentials")));
        account.server.stubFor(
                get(anyUrl()).withHeader("Authorization", equalTo("Bearer new")).willReturn(okJson("{}")));
        MailClient client = account.client(new Rotating("old", "new"), WireMockedAccount.SETTINGS);
        assertEquals(1, client.mailboxes().list().size());
        account.server.verify(2, anyRequestedFor(anyUrl()));
    }

    @Test
    void refusedToken_twice_needsConsent() {
        answer(error(401, "authError", "Invalid Credentials"));
        MailClient client = account.client(new Rotating("old", "new"), WireMockedAccount.SETTINGS);
        MailException failure =
                assertThrows(MailException.class, () -> client.mailboxes().list());
        assertEquals(Kind.REAUTH_REQUIRED, failure.kind());
        account.server.verify(2, anyRequestedFor(anyUrl()));
    }

    @Test
    void token_thatNoHeaderCanCarry_isRefusedWithoutShowingIt() {
        MailClient client = account.client(Tokens.fixed("geheim\u00e4"), WireMockedAccount.SETTINGS);
        MailException failure =
                assertThrows(MailException.class, () -> client.mailboxes().list());
        assertEquals(Kind.REAUTH_REQUIRED, failure.kind());
        assertFalse(String.valueOf(failure.getMessage()).contains("geheim"));
    }

    @Test
    void failedRequest_isRepeatedWhereThatIsSafe() {
        try (WireMockedAccount patient = new WireMockedAccount(3)) {
            patient.server.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
            MailException failure = assertThrows(
                    MailException.class, () -> patient.client().mailboxes().list());
            assertEquals(3, failure.attempts());
            patient.server.verify(3, anyRequestedFor(anyUrl()));
        }
    }

    private static void star(MailClient client) {
        client.emails().changeKeywords(List.of(new EmailId("m1")), Set.of(Keyword.FLAGGED), Set.of());
    }

    private void answer(ResponseDefinitionBuilder response) {
        account.server.resetAll();
        account.server.stubFor(any(anyUrl()).willReturn(response));
    }

    private MailException failure() {
        MailClient client = account.client();
        return assertThrows(MailException.class, () -> client.mailboxes().list());
    }

    private static ResponseDefinitionBuilder error(int status, String reason, String message) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json; charset=UTF-8")
                .withBody(("{'error':{'code':" + status + ",'message':'" + message.replace("'", "")
                                + "','errors':[{'domain':'global','reason':'" + reason + "','message':'m'}]}}")
                        .replace('\'', '"'));
    }

    private static void assertWithin(Duration least, Duration most, MailException failure) {
        Duration wait = Duration.between(Instant.now(), failure.retryAt().orElseThrow());
        assertTrue(wait.compareTo(least) >= 0 && wait.compareTo(most) <= 0, "asked to wait " + wait);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private record Rotating(String first, String second) implements TokenSource {
        @Override
        public AccessToken token(Deadline deadline) {
            return new AccessToken(Secret.of(first), Instant.MAX);
        }

        @Override
        public AccessToken tokenAfterRefusal(AccessToken refused, Deadline deadline) {
            return new AccessToken(Secret.of(second), Instant.MAX);
        }
    }
}
