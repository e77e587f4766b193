package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseClassifierTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private final ResponseClassifier classifier = new ResponseClassifier(() -> NOW);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A1 NO Login failed | AUTH",
                "A1 NO [AUTHENTICATIONFAILED] no | AUTH",
                "A1 NO [AUTHORIZATIONFAILED] no | FORBIDDEN",
                "A1 NO [EXPIRED] no | REAUTH_REQUIRED",
                "A1 NO [CONTACTADMIN] no | REAUTH_REQUIRED",
                "A1 NO [UNAVAILABLE] later | UNAVAILABLE",
                "A1 NO [INUSE] later | UNAVAILABLE",
                "A1 NO [LIMIT] later | CONCURRENCY",
                "A1 NO [ALERT] Too many simultaneous connections | CONCURRENCY",
                "A1 BAD User is authenticated but not connected. | UNAVAILABLE",
                "A1 BAD what | PROTOCOL"
            })
    void login(String line, Kind kind) {
        assertEquals(kind, classifier.loginRefusal(ResponseCode.parse(line)).kind());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A1 NO [NONEXISTENT] gone | NOT_FOUND",
                "A1 NO Mailbox doesn't exist: x | NOT_FOUND",
                "A1 NO [OVERQUOTA] full | TOO_LARGE",
                "A1 NO something | UNAVAILABLE",
                "A1 BAD syntax | PROTOCOL"
            })
    void command(String line, Kind kind) {
        assertEquals(kind, classifier.refusal("X", ResponseCode.parse(line)).kind());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EXAMINE | A1 NO cannot open it | UNAVAILABLE | false",
                "EXAMINE | A1 NO Permission denied | FORBIDDEN | false",
                "EXAMINE | A1 NO Internal error, try again | UNAVAILABLE | true",
                "EXAMINE | A1 NO [UNAVAILABLE] later | UNAVAILABLE | true",
                "UID STORE | A1 NO cannot store that | FORBIDDEN | false",
                "UID STORE | A1 NO [INUSE] locked | UNAVAILABLE | true",
                "UID COPY | A1 NO no such mailbox | NOT_FOUND | false",
                "LIST | A1 NO not now | UNAVAILABLE | true"
            })
    void plainRefusal_dependsOnTheCommand(String command, String line, Kind kind, boolean retryable) {
        MailException failure = classifier.refusal(command, ResponseCode.parse(line));
        assertEquals(kind, failure.kind());
        assertEquals(retryable, failure.isRetryable());
    }

    @Test
    void quote_showsNoAddress() {
        assertEquals("no <address> here", ResponseClassifier.quote("no ada@example.com here"));
    }

    @Test
    void suggestedBackoff_isTheTimeToRetry() {
        MailException failure = classifier.refusal(
                "X", ResponseCode.parse("A1 BAD Request is throttled. Suggested Backoff Time: 178755 milliseconds"));
        assertEquals(Kind.THROTTLED, failure.kind());
        assertEquals(Optional.of(NOW.plusMillis(178_755)), failure.retryAt());
    }

    @Test
    void quote_isShortAndClean() {
        assertEquals(200, ResponseClassifier.quote("a\u0007".repeat(300)).length());
    }
}
