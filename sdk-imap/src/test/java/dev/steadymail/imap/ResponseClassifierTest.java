package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.guard.RetryHint;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Reach;
import java.io.EOFException;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                "A1 NO [UNAVAILABLE] later | THROTTLED",
                "A1 NO [INUSE] later | THROTTLED",
                "A1 NO [LIMIT] later | THROTTLED",
                "A1 NO [LIMIT] Connection limit reached | CONCURRENCY",
                "A1 NO [UNAVAILABLE] Maximum number of connections from user+IP exceeded | CONCURRENCY",
                "A1 NO [ALERT] Too many simultaneous connections | CONCURRENCY",
                "A1 BAD User is authenticated but not connected. | UNAVAILABLE",
                "A1 BAD what | PROTOCOL"
            })
    void login(String line, Kind kind) {
        assertEquals(kind, classifier.loginRefusal(StatusLine.completion(line)).kind());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A1 NO [NONEXISTENT] gone | NOT_FOUND",
                "A1 NO Mailbox doesn't exist: x | NOT_FOUND",
                "A1 NO [OVERQUOTA] full | TOO_LARGE",
                "A1 NO [LIMIT] UID FETCH Rate limit hit. | THROTTLED",
                "A1 NO UID FETCH Rate limit hit. | THROTTLED",
                "A1 NO [LIMIT] Too many simultaneous connections | CONCURRENCY",
                "A1 NO [LIMIT] too many sessions | CONCURRENCY",
                "A1 NO [LIMIT] At most 32 flags in one mailbox supported | INVALID",
                "A1 NO [UNAVAILABLE] Backend is down | THROTTLED",
                "A1 NO [INUSE] Mailbox in use | THROTTLED",
                "A1 NO [SERVERBUG] oops | UNAVAILABLE",
                "A1 NO [SERVERBUG] Request is throttled | THROTTLED",
                "A1 NO Server shutting down | UNAVAILABLE",
                "A1 NO something | UNAVAILABLE",
                "A1 BAD syntax | PROTOCOL"
            })
    void command(String line, Kind kind) {
        assertEquals(kind, classifier.refusal("X", StatusLine.completion(line)).kind());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EXAMINE | A1 NO cannot open it | UNAVAILABLE | false",
                "EXAMINE | A1 NO Permission denied | FORBIDDEN | false",
                "EXAMINE | A1 NO Internal error, try again | UNAVAILABLE | true",
                "EXAMINE | A1 NO [UNAVAILABLE] later | THROTTLED | true",
                "UID STORE | A1 NO cannot store that | FORBIDDEN | false",
                "UID STORE | A1 NO [INUSE] locked | THROTTLED | true",
                "UID COPY | A1 NO no such mailbox | NOT_FOUND | false",
                "LIST | A1 NO not now | UNAVAILABLE | true"
            })
    void plainRefusal_dependsOnTheCommand(String command, String line, Kind kind, boolean retryable) {
        MailException failure = classifier.refusal(command, StatusLine.completion(line));
        assertEquals(kind, failure.kind());
        assertEquals(retryable, failure.isRetryable());
    }

    @Test
    void suggestedBackoff_isTheTimeToRetry() {
        MailException failure = classifier.refusal(
                "X", StatusLine.completion("A1 BAD Request is throttled. Suggested Backoff Time: 178755 milliseconds"));
        assertEquals(Kind.THROTTLED, failure.kind());
        assertEquals(Optional.of(NOW.plusMillis(178_755)), failure.retryAt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"LIMIT", "UNAVAILABLE", "INUSE", "THROTTLED"})
    void askingForPatience_withoutTime_leavesTheWaitToTheGuard(String code) {
        MailException failure = classifier.refusal("LIST", StatusLine.completion("A1 NO [" + code + "] not now"));
        assertEquals(Kind.THROTTLED, failure.kind());
        assertEquals(Optional.empty(), failure.retryAt());
        assertEquals(Reach.ACCOUNT, failure.reach());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* BYE [UNAVAILABLE] down | UNAVAILABLE | HOST",
                "* BYE [INUSE] later | UNAVAILABLE | HOST",
                "* BYE Server too busy | UNAVAILABLE | HOST",
                "* BYE System shutting down | UNAVAILABLE | HOST",
                "* BYE [LIMIT] enough | THROTTLED | HOST",
                "* BYE [UNAVAILABLE] Suggested Backoff Time: 5 milliseconds | THROTTLED | HOST",
                "* BYE [LIMIT] too many simultaneous connections | CONCURRENCY | ACCOUNT",
                "* BYE [ALERT] Too many connections | CONCURRENCY | ACCOUNT",
                "* BYE Autologout | UNAVAILABLE | ACCOUNT",
                "* BYE | UNAVAILABLE | ACCOUNT"
            })
    void byeBeforeLogin_thatGivesAReason_isAboutTheHost(String line, Kind kind, Reach reach) {
        MailException failure = classifier.byeBeforeLogin(StatusLine.farewell(line));
        assertEquals(kind, failure.kind());
        assertEquals(reach, failure.reach());
        assertEquals(Optional.of(false), failure.effect());
        MailException later = classifier.bye(StatusLine.farewell(line));
        assertEquals(kind, later.kind());
        assertEquals(Reach.ACCOUNT, later.reach());
    }

    @ParameterizedTest
    @CsvSource({"EXAMINE, false", "UID FETCH, false", "NOOP, false", "UID COPY, ", "UID MOVE, ", "UID STORE, "})
    void connectionThatBreaks_leavesOpenWhetherAWriteHadAnEffect(String command, @Nullable Boolean effect) {
        Optional<Boolean> expected = Optional.ofNullable(effect);
        assertEquals(expected, classifier.broken(command, new EOFException()).effect());
        assertEquals(
                expected,
                classifier.broken(command, new SocketTimeoutException()).effect());
        assertEquals(expected, classifier.unreadable(command).effect());
    }

    @Test
    void refusedCommand_surelyHadNoEffect_saveAMoveThatMayStopHalfway() {
        ResponseCode refusal = StatusLine.completion("A1 NO [SERVERBUG] oops");
        assertEquals(Optional.of(false), classifier.refusal("UID COPY", refusal).effect());
        assertEquals(Optional.empty(), classifier.refusal("UID MOVE", refusal).effect());
    }

    @Test
    void interruptedThread_isNoBrokenConnection() {
        Thread.currentThread().interrupt();
        MailException failure = classifier.broken("UID FETCH", new EOFException());
        assertTrue(Thread.interrupted());
        assertEquals(Kind.CANCELLED, failure.kind());
    }

    @Test
    void suggestedBackoff_isCutToAWeek() {
        MailException failure =
                classifier.bye(StatusLine.farewell("* BYE Suggested Backoff Time: 99999999999999 milliseconds"));
        assertEquals(Optional.of(NOW.plus(RetryHint.LONGEST)), failure.retryAt());
    }
}
