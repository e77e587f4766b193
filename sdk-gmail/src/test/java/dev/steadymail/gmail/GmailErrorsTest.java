package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Reach;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GmailErrorsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String PER_USER = "Quota exceeded for quota metric 'Queries' and limit 'Queries per minute per"
            + " user' of service 'gmail.googleapis.com' for consumer 'project_number:1'.";

    private final GmailErrors errors = new GmailErrors(() -> NOW);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "429 | rateLimitExceeded | Resource has been exhausted (e.g. check quota). | THROTTLED | ACCOUNT",
                "403 | rateLimitExceeded | Quota exceeded for quota metric 'Queries' and limit 'Queries per minute per user' of service 'gmail.googleapis.com' | THROTTLED | ACCOUNT",
                "429 | rateLimitExceeded | Quota exceeded for quota metric 'Queries' and limit 'Queries per minute' of service 'gmail.googleapis.com' | THROTTLED | PROJECT",
                "403 | rateLimitExceeded | Quota exceeded for quota metric 'Queries' and limit 'Queries per day' of service 'gmail.googleapis.com' | THROTTLED | PROJECT",
                "403 | userRateLimitExceeded | User Rate Limit Exceeded | THROTTLED | ACCOUNT",
                "403 | quotaExceeded | Quota exceeded | THROTTLED | ACCOUNT",
                "403 | dailyLimitExceeded | Daily Limit Exceeded | THROTTLED | PROJECT",
                "429 | dailyLimitExceeded | User-rate limit exceeded (Mail sending) | THROTTLED | ACCOUNT",
                "429 | rateLimitExceeded | User bandwidth exceeded | THROTTLED | ACCOUNT",
                "429 | anything | | THROTTLED | ACCOUNT",
                "429 | rateLimitExceeded | Too many concurrent requests for user | CONCURRENCY | ACCOUNT",
                "403 | rateLimitExceeded | Too many concurrent requests for user | CONCURRENCY | ACCOUNT",
                "403 | other | Too many concurrent requests for user | CONCURRENCY | ACCOUNT",
                "403 | insufficientPermissions | Request had insufficient scopes | FORBIDDEN | ACCOUNT",
                "403 | domainPolicy | | FORBIDDEN | ACCOUNT",
                "503 | backendError | limit 'Queries per minute' | UNAVAILABLE | ACCOUNT"
            })
    void refusals_haveAKindAndAReach(int status, String reason, @Nullable String message, Kind kind, Reach reach) {
        MailException failure = refused(true, status, reason, message == null ? "" : message, null);
        assertEquals(kind, failure.kind());
        assertEquals(reach, failure.reach());
    }

    @ParameterizedTest
    @CsvSource({
        "QueriesPerMinutePerUser, ACCOUNT",
        "UserQueriesPerMinutePerProjectPerUser, ACCOUNT",
        "defaultPerMinutePerProject, PROJECT",
        "QueriesPerDay, PROJECT"
    })
    void limitInTheDetails_isReadEvenWithoutAReason(String limit, Reach reach) {
        String body = "{\"error\":{\"code\":403,\"message\":\"Quota exceeded\",\"status\":\"RESOURCE_EXHAUSTED\","
                + "\"details\":[7,{\"@type\":\"x\"},{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\","
                + "\"reason\":\"RATE_LIMIT_EXCEEDED\",\"metadata\":{\"quota_limit\":\"" + limit + "\"}}]}}";
        MailException failure = errors.refused("messages.get", true, ErrorAnswer.of(403, body, null));
        assertEquals(Kind.THROTTLED, failure.kind());
        assertEquals(reach, failure.reach());
    }

    /** What is a limit and what is not is told by the reason alone. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{\"error\":{\"code\":403,\"errors\":[{\"rea | NETWORK | true",
                "{\"error\":{\"code\":403}} | FORBIDDEN | false",
                "<html>no</html> | FORBIDDEN | false",
                "'' | FORBIDDEN | false"
            })
    void forbidden_isForGoodWhereItsReasonIsNotCutOff(String body, Kind kind, boolean retryable) {
        MailException failure = errors.refused("messages.send", false, ErrorAnswer.of(403, body, null));
        assertEquals(kind, failure.kind());
        assertEquals(retryable, failure.isRetryable());
        assertEquals(Optional.of(false), failure.effect());
    }

    @Test
    void forbidden_withMoreThanIsRead_isNotForGood() throws IOException {
        byte[] large =
                ("{\"error\":{\"message\":\"" + "x".repeat(1 << 16) + "\"}}").getBytes(StandardCharsets.US_ASCII);
        ErrorAnswer error = ErrorAnswer.of(403, new ByteArrayInputStream(large), null);
        assertEquals(Kind.NETWORK, errors.refused("messages.get", true, error).kind());
    }

    @Test
    void throttle_withoutTime_leavesTheWaitToTheGuard() {
        assertEquals(
                Optional.empty(),
                refused(true, 403, "rateLimitExceeded", PER_USER, null).retryAt());
        assertEquals(
                Optional.empty(),
                refused(true, 429, "rateLimitExceeded", PER_USER, "soon").retryAt());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 | slow down | PT3S",
                "3 | Retry after 2026-01-01T00:00:09.392Z | PT9.392S",
                "30 | Retry after 2026-01-01T00:00:09.392Z | PT30S",
                "Thu, 01 Jan 2026 00:01:00 GMT | slow down | PT1M",
                "Thursday, 01-Jan-26 00:01:00 GMT | slow down | PT1M",
                "Thu Jan  1 00:01:00 2026 | slow down | PT1M",
                "0 | slow down | PT0S"
            })
    void statedTime_isTheTimeExactly(String header, String message, Duration wait) {
        assertEquals(
                Optional.of(NOW.plus(wait)),
                refused(true, 429, "userRateLimitExceeded", message, header).retryAt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Daily Limit Exceeded", "limit 'Queries per day'", "(Mail sending)", "bandwidth"})
    void limitOfADay_isProbedAfterAQuarter(String message) {
        String reason = message.startsWith("Daily") ? "dailyLimitExceeded" : "rateLimitExceeded";
        assertEquals(
                Optional.of(NOW.plus(Duration.ofMinutes(15))),
                refused(true, 429, reason, message, "3").retryAt());
        assertEquals(
                Optional.of(NOW.plus(Duration.ofHours(1))),
                refused(true, 429, reason, message, "3600").retryAt());
    }

    @ParameterizedTest
    @CsvSource({
        "400, false",
        "401, false",
        "403, false",
        "404, false",
        "408, true",
        "429, false",
        "500, true",
        "503, true"
    })
    void effectOfWhatMustNotBeRepeated_isToldByTheStatus(int status, boolean mayHave) {
        assertEquals(Optional.of(mayHave), refused(false, status, "x", "", null).effect());
        assertEquals(Optional.of(false), refused(true, status, "x", "", null).effect());
    }

    @Test
    void certificate_isRefusedForGood_andAHandshakeThatBreaksOffIsNot() {
        IOException untrusted = new SSLHandshakeException("PKIX");
        untrusted.initCause(new CertificateException());
        IOException brokenOff = new SSLHandshakeException("Remote host terminated the handshake");
        brokenOff.initCause(new EOFException());
        assertFalse(errors.broken("messages.get", false, untrusted).isRetryable());
        assertFalse(errors.broken("messages.get", false, new SSLPeerUnverifiedException("name"))
                .isRetryable());
        assertTrue(errors.broken("messages.get", false, brokenOff).isRetryable());
    }

    @Test
    void interruptedThread_isNoSilenceOfTheServer() {
        Thread.currentThread().interrupt();
        MailException failure = errors.broken("messages.get", false, new InterruptedIOException("interrupted"));
        assertTrue(Thread.interrupted());
        assertEquals(Kind.CANCELLED, failure.kind());
    }

    private MailException refused(
            boolean repeatable, int status, String reason, String message, @Nullable String retryAfter) {
        String body = "{\"error\":{\"code\":" + status + ",\"message\":\"" + message
                + "\",\"errors\":[{\"domain\":\"usageLimits\",\"reason\":\"" + reason + "\"}]}}";
        return errors.refused("messages.get", repeatable, ErrorAnswer.of(status, body, retryAfter));
    }
}
