package dev.steadymail.testkit.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.event.CallTrace;
import dev.steadymail.event.ClientEventListener;
import dev.steadymail.event.Telemetry;
import dev.steadymail.event.Tracing;
import dev.steadymail.event.WorkTrace;
import dev.steadymail.guard.Guard;
import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.Guards;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** A call is followed from begin to end, with each of its attempts and how long it waited for each. */
class GuardTracingTest extends GuardTestCase {
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final ClientEventListener heard = event -> told.add(event.getClass().getSimpleName());

    private Guard followed() {
        Telemetry telemetry = Telemetry.of(ACCOUNT, Protocol.IMAP, time, heard, new Told());
        return new Guards(time, null, heard)
                .open(telemetry, GuardProfile.alone(GuardSettings.builder().build()), traffic);
    }

    @Test
    void callThatSucceeds_isOneAttemptThatWaitedForNothing() {
        try (Guard one = followed()) {
            assertEquals("answer", one.call(READ, Lane.DELTA, time.deadline(CALL), cancellation -> "answer"));
        }
        assertEquals(
                List.of(
                        "IMAP read DELTA",
                        attemptAfter(1, Duration.ZERO),
                        "left 1",
                        "succeeded 1",
                        "RequestEvent",
                        "succeeded"),
                told);
    }

    @Test
    void callThatFailsTwice_tellsHowLongItRestedBeforeEachAttempt() throws Exception {
        try (Guard one = followed()) {
            CompletableFuture<String> call = CompletableFuture.supplyAsync(
                    () -> one.call(READ, Lane.SEND, time.deadline(CALL), failing(2, unavailable())), threads);
            Duration first = rest(one, 1);
            Duration second = rest(one, 2);
            assertEquals("answer", answer(call));
            assertEquals(
                    List.of(
                            "IMAP read SEND",
                            attemptAfter(1, Duration.ZERO),
                            "left 1",
                            "UNAVAILABLE in 0",
                            "RequestEvent",
                            "RetryEvent",
                            attemptAfter(2, first),
                            "left 2",
                            "UNAVAILABLE in 0",
                            "RequestEvent",
                            "RetryEvent",
                            attemptAfter(3, second),
                            "left 3",
                            "succeeded 3",
                            "RequestEvent",
                            "succeeded"),
                    told);
        }
    }

    @Test
    void callThatWasRefused_hasNoAttempt() {
        Guard one = followed();
        one.close();
        assertThrows(
                MailException.class, () -> one.call(READ, Lane.DELTA, time.deadline(CALL), cancellation -> "answer"));
        assertEquals(List.of("IMAP read DELTA", "ErrorEvent", "CANCELLED after 0"), told);
    }

    @Test
    void callThatEndsWhileItRests_tellsHowLongItWaitedInVain() {
        try (Guard one = followed()) {
            CompletableFuture<String> call = one.callAsync(
                    READ,
                    Lane.DELTA,
                    time.deadline(CALL),
                    cancellation -> CompletableFuture.failedFuture(throttled(Duration.ofMinutes(1))));
            manual.advance(Duration.ofSeconds(5));
            call.cancel(false);
        }
        assertEquals("CANCELLED after 5000000000", told.get(told.size() - 1));
    }

    @Test
    void faultOfAProvider_isToldAsOneThatSpeaksWrongly() {
        IllegalStateException fault = new IllegalStateException("planted");
        try (Guard one = followed()) {
            Throwable thrown = assertThrows(
                    IllegalStateException.class,
                    () -> one.call(READ, Lane.DELTA, time.deadline(CALL), cancellation -> {
                        throw fault;
                    }));
            assertSame(fault, thrown);
        }
        assertEquals("PROTOCOL in 0", told.get(3));
        assertEquals("PROTOCOL after 0", told.get(told.size() - 1));
    }

    @Test
    void asyncCallThatFailsOnce_tellsTheSame() {
        try (Guard one = followed()) {
            List<CompletableFuture<String>> stages = new ArrayList<>();
            CompletableFuture<String> call = one.callAsync(READ, Lane.BACKFILL, time.deadline(CALL), cancellation -> {
                stages.add(new CompletableFuture<>());
                return stages.get(stages.size() - 1);
            });
            manual.advance(Duration.ofSeconds(1));
            stages.get(0).completeExceptionally(unavailable());
            Duration rest = Duration.between(manual.now(), one.explain().nextAttempt());
            manual.advance(rest);
            stages.get(1).complete("answer");
            assertEquals("answer", call.join());
            assertEquals(
                    List.of(
                            "IMAP read BACKFILL",
                            attemptAfter(1, Duration.ZERO),
                            "left 1",
                            "UNAVAILABLE in 1000000000",
                            "RequestEvent",
                            "RetryEvent",
                            attemptAfter(2, rest),
                            "left 2",
                            "succeeded 2",
                            "RequestEvent",
                            "succeeded"),
                    told);
        }
    }

    @Test
    void asyncAttemptThatThrows_hasEnded() {
        try (Guard one = followed()) {
            CompletableFuture<String> call = one.callAsync(SEND, Lane.SEND, time.deadline(CALL), cancellation -> {
                throw MailException.of(Kind.INVALID, "planted");
            });
            assertThrows(CompletionException.class, call::join);
        }
        assertEquals(
                List.of("IMAP send SEND", attemptAfter(1, Duration.ZERO), "INVALID in 0", "left 1"),
                told.subList(0, 4));
        assertEquals("INVALID after 0", told.get(told.size() - 1));
    }

    private static String attemptAfter(int attempt, Duration wait) {
        return "attempt " + attempt + " after " + wait.toNanos();
    }

    private Duration rest(Guard one, int made) {
        awaitThat(() -> attempts.get() == made && one.explain().resting() == 1, "rest after attempt " + made);
        Duration rest = Duration.between(manual.now(), one.explain().nextAttempt());
        manual.advance(rest);
        return rest;
    }

    private final class Told implements Tracing {
        @Override
        public CallTrace call(AccountId account, Protocol protocol, String operation, Lane lane) {
            told.add(protocol + " " + operation + " " + lane);
            return new ToldCall();
        }

        @Override
        public WorkTrace work(Work work, AccountId account, Protocol protocol) {
            return WorkTrace.NONE;
        }
    }

    private final class ToldCall implements CallTrace {
        @Override
        public void attemptBegan(int attempt, long waitedNanos) {
            told.add(attemptAfter(attempt, Duration.ofNanos(waitedNanos)));
        }

        @Override
        public void attemptLeft(int attempt) {
            told.add("left " + attempt);
        }

        @Override
        public void attemptSucceeded(int attempt) {
            told.add("succeeded " + attempt);
        }

        @Override
        public void attemptFailed(int attempt, Kind failure, long tookNanos) {
            told.add(failure + " in " + tookNanos);
        }

        @Override
        public void succeeded() {
            told.add("succeeded");
        }

        @Override
        public void failed(Kind failure, long waitedNanos) {
            told.add(failure + " after " + waitedNanos);
        }
    }
}
